/** What zero padding takes from a convolution's sums. */

/** Along one axis: the share of kernel taps that fall inside, averaged over the output. */
export function insideShare(size: number, kernel: number, padding: number, stride = 1, dilation = 1): number {
  const reach = dilation * (kernel - 1) + 1;
  const outputs = Math.floor((size + 2 * padding - reach) / stride) + 1;
  if (padding === 0 || outputs <= 0) return 1;
  let inside = 0;
  for (let output = 0; output < outputs; output++) {
    const first = output * stride - padding;
    for (let tap = 0; tap < kernel; tap++) {
      const position = first + tap * dilation;
      if (position >= 0 && position < size) inside++;
    }
  }
  return inside / (outputs * kernel);
}
