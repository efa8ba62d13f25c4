/** The compute shader: Philox words, the values made of them, and their statistics, which never leave the device as values. */

/** Invocations of a workgroup. */
export const WORKGROUP = 256;
/** Each invocation makes so many fours of values. */
export const FOURS = 16;
/** Sums of powers 1 to 4, smallest, largest, zeros, and one place left over. */
export const PARTIAL = 8;
export const MOST_BINS = 128;

export const shader = /* wgsl */ `
struct Parameters {
  count: u32, counterLow: u32, counterHigh: u32, distribution: u32,
  key: vec2u, bins: u32, unused: u32,
  shift: f32, scale: f32, lowest: f32, perUnit: f32,
  origin: f32, perScale: f32, first: f32, span: f32,
  low: f32, high: f32, unused2: f32, unused3: f32,
}

@group(0) @binding(0) var<uniform> p: Parameters;
@group(0) @binding(1) var<storage, read_write> output: array<u32>;
@group(0) @binding(2) var<storage, read_write> partials: array<f32>;
@group(0) @binding(3) var<storage, read_write> counts: array<atomic<u32>>;

// The upper word of a product, by its halves: WGSL has no wide multiplication.
fn high(a: u32, b: u32) -> u32 {
  let aLow = a & 0xffffu;
  let aHigh = a >> 16u;
  let bLow = b & 0xffffu;
  let bHigh = b >> 16u;
  let middle = aHigh * bLow + ((aLow * bLow) >> 16u);
  let other = aLow * bHigh + (middle & 0xffffu);
  return aHigh * bHigh + (middle >> 16u) + (other >> 16u);
}

fn philox(start: vec4u, key: vec2u) -> vec4u {
  var c = start;
  var k = key;
  for (var round = 0; round < 10; round++) {
    let first = c.x * 0xd2511f53u;
    let second = c.z * 0xcd9e8d57u;
    c = vec4u(high(c.z, 0xcd9e8d57u) ^ c.y ^ k.x, second, high(c.x, 0xd2511f53u) ^ c.w ^ k.y, first);
    k += vec2u(0x9e3779b9u, 0xbb67ae85u);
  }
  return c;
}

fn wordsOf(four: u32) -> vec4u {
  let low = p.counterLow + four;
  return philox(vec4u(low, p.counterHigh + select(0u, 1u, low < four), 0u, 0u), p.key);
}

fn fractions(words: vec4u) -> vec4f {
  return vec4f(words & vec4u(0xffffffu)) * 0x1p-24f;
}

// Cephes' logf; the language's own is off in the fourth digit on some devices.
fn logOf(x: vec2f) -> vec2f {
  let bits = bitcast<vec2u>(x);
  let half = bitcast<vec2f>((bits & vec2u(0x7fffffu)) | vec2u(0x3f000000u));
  let isLow = half < vec2f(0.70710678f);
  let e = vec2f(vec2i(bits >> vec2u(23u)) - 126) - select(vec2f(0), vec2f(1), isLow);
  let m = half - 1f + select(vec2f(0), half, isLow);
  let z = m * m;
  var y = fma(vec2f(7.0376836292e-2f), m, vec2f(-1.151461031e-1f));
  y = fma(y, m, vec2f(1.167699874e-1f));
  y = fma(y, m, vec2f(-1.2420140846e-1f));
  y = fma(y, m, vec2f(1.4249322787e-1f));
  y = fma(y, m, vec2f(-1.6668057665e-1f));
  y = fma(y, m, vec2f(2.0000714765e-1f));
  y = fma(y, m, vec2f(-2.4999993993e-1f));
  y = fma(y, m, vec2f(3.3333331174e-1f));
  y = fma(y * m, z, e * -2.1219444e-4f) - z * 0.5f;
  return fma(e, vec2f(0.693359375f), m + y);
}

// Sines in the first two places, cosines in the last, of angles from 0 to 2π: Cephes' sinf and cosf.
fn circleOf(angle: vec2f) -> vec4f {
  let octant = (vec2i(angle * 1.27323954f) + 1) & vec2i(~1);
  let eighths = vec2f(octant);
  var x = fma(eighths, vec2f(-0.78515625f), angle);
  x = fma(eighths, vec2f(-2.4187564849853516e-4f), x);
  x = fma(eighths, vec2f(-3.774894977445941e-8f), x);
  let z = x * x;
  var s = fma(vec2f(-1.9515295891e-4f), z, vec2f(8.3321608736e-3f));
  s = fma(s, z, vec2f(-1.6666654611e-1f));
  s = fma(s * z, x, x);
  var c = fma(vec2f(2.443315711809948e-5f), z, vec2f(-1.388731625493765e-3f));
  c = fma(c, z, vec2f(4.166664568298827e-2f));
  c = fma(c * z, z, z * -0.5f) + 1f;
  let isSwapped = (octant & vec2i(2)) != vec2i(0);
  let sine = select(s, c, isSwapped) * select(vec2f(1), vec2f(-1), (octant & vec2i(4)) != vec2i(0));
  let cosine = select(c, s, isSwapped) * select(vec2f(1), vec2f(-1), ((octant + 2) & vec2i(4)) != vec2i(0));
  return vec4f(sine, cosine);
}

// Giles 2010, "Approximating the erfinv function", for single precision; of what lies within (-1, 1).
fn erfinv(x: vec4f) -> vec4f {
  let rest = (1f - x) * (1f + x);
  let w = -vec4f(logOf(rest.xy), logOf(rest.zw));
  let a = w - 2.5f;
  var near = fma(vec4f(2.81022636e-8f), a, vec4f(3.43273939e-7f));
  near = fma(near, a, vec4f(-3.5233877e-6f));
  near = fma(near, a, vec4f(-4.39150654e-6f));
  near = fma(near, a, vec4f(2.1858087e-4f));
  near = fma(near, a, vec4f(-1.25372503e-3f));
  near = fma(near, a, vec4f(-4.17768164e-3f));
  near = fma(near, a, vec4f(0.246640727f));
  near = fma(near, a, vec4f(1.50140941f));
  let b = sqrt(w) - 3f;
  var far = fma(vec4f(-2.00214257e-4f), b, vec4f(1.00950558e-4f));
  far = fma(far, b, vec4f(1.34934322e-3f));
  far = fma(far, b, vec4f(-3.67342844e-3f));
  far = fma(far, b, vec4f(5.73950773e-3f));
  far = fma(far, b, vec4f(-7.6224613e-3f));
  far = fma(far, b, vec4f(9.43887047e-3f));
  far = fma(far, b, vec4f(1.00167406f));
  far = fma(far, b, vec4f(2.83297682f));
  return x * select(far, near, w < vec4f(5));
}

// A part of the error function's range, turned round. At its ends the function has no bounds, and the cut has.
fn truncatedOf(u: vec4f) -> vec4f {
  let last = vec4f(0.99999994f);
  let inside = clamp(fma(u, vec4f(p.span), vec4f(p.first)), -last, last);
  return clamp(fma(erfinv(inside), vec4f(p.scale), vec4f(p.shift)), vec4f(p.low), vec4f(p.high));
}

// Box & Muller 1958: two words give two normal numbers.
fn valuesOf(four: u32) -> vec4f {
  let u = fractions(wordsOf(four));
  if (p.distribution == 0u) { return fma(u, vec4f(p.scale), vec4f(p.shift)); }
  if (p.distribution == 2u) { return truncatedOf(u); }
  let radius = sqrt(-2f * logOf(1f - u.xz));
  let circle = circleOf(6.2831853f * u.yw);
  let cosines = radius * circle.zw;
  let sines = radius * circle.xy;
  return fma(vec4f(cosines.x, sines.x, cosines.y, sines.y), vec4f(p.scale), vec4f(p.shift));
}

@compute @workgroup_size(${WORKGROUP})
fn words(@builtin(global_invocation_id) id: vec3u) {
  if (id.x * 4u >= p.count) { return; }
  let four = wordsOf(id.x);
  for (var i = 0u; i < 4u; i++) { output[id.x * 4u + i] = four[i]; }
}

@compute @workgroup_size(${WORKGROUP})
fn values(@builtin(global_invocation_id) id: vec3u) {
  if (id.x * 4u >= p.count) { return; }
  let four = valuesOf(id.x);
  for (var i = 0u; i < 4u; i++) { output[id.x * 4u + i] = bitcast<u32>(four[i]); }
}

var<workgroup> shared_counts: array<atomic<u32>, ${MOST_BINS}>;
var<workgroup> powers: array<vec4f, ${WORKGROUP}>;
var<workgroup> extremes: array<vec3f, ${WORKGROUP}>;

@compute @workgroup_size(${WORKGROUP})
fn measure(@builtin(workgroup_id) group: vec3u, @builtin(local_invocation_index) own: u32) {
  var sums = vec4f(0);
  var lowest = 3.4e38f;
  var highest = -3.4e38f;
  var zeros = 0f;
  let lastBin = f32(p.bins - 1u);
  for (var k = 0u; k < ${FOURS}u; k++) {
    let four = (group.x * ${FOURS}u + k) * ${WORKGROUP}u + own;
    let left = min(4u, p.count - min(p.count, four * 4u));
    if (left == 0u) { break; }
    let values = valuesOf(four);
    for (var i = 0u; i < left; i++) {
      let value = values[i];
      let x = (value - p.origin) * p.perScale;
      let square = x * x;
      sums += vec4f(x, square, square * x, square * square);
      lowest = min(lowest, value);
      highest = max(highest, value);
      zeros += select(0f, 1f, value == 0f);
      atomicAdd(&shared_counts[u32(clamp((value - p.lowest) * p.perUnit, 0f, lastBin))], 1u);
    }
  }
  powers[own] = sums;
  extremes[own] = vec3f(lowest, highest, zeros);
  workgroupBarrier();
  for (var half = ${WORKGROUP / 2}u; half > 0u; half >>= 1u) {
    if (own < half) {
      powers[own] += powers[own + half];
      let a = extremes[own];
      let b = extremes[own + half];
      extremes[own] = vec3f(min(a.x, b.x), max(a.y, b.y), a.z + b.z);
    }
    workgroupBarrier();
  }
  if (own == 0u) {
    let at = group.x * ${PARTIAL}u;
    for (var i = 0u; i < 4u; i++) { partials[at + i] = powers[0][i]; }
    for (var i = 0u; i < 3u; i++) { partials[at + 4u + i] = extremes[0][i]; }
  }
  if (own < ${MOST_BINS}u) { atomicAdd(&counts[own], atomicLoad(&shared_counts[own])); }
}
`;
