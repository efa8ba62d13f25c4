/** The compute shader: Philox words, the values made of them, and their statistics, which never leave the device as values. */
import { ROUNDS } from '../../random/philox.js';

/** Invocations of a workgroup. */
export const WORKGROUP = 256;
/** Sums of powers 1 to 4, smallest, largest, zeros, and one place left over. */
export const PARTIAL = 8;
export const MOST_BINS = 128;

export const shader = /* wgsl */ `
struct Parameters {
  count: u32, fours: u32, counterLow: u32, counterHigh: u32,
  shift: f32, scale: f32, lowest: f32, perUnit: f32,
  center: f32, perScale: f32, first: f32, span: f32,
  low: f32, high: f32, bins: u32, unused: u32,
  keys: array<vec4u, ${ROUNDS / 2}>,
}

// A pipeline draws one of them: 0 for uniform, 1 for normal, 2 for truncated normal numbers.
override distribution: u32 = 0u;

@group(0) @binding(0) var<uniform> p: Parameters;
@group(0) @binding(1) var<storage, read_write> output: array<u32>;
@group(0) @binding(2) var<storage, read_write> partials: array<f32>;
@group(0) @binding(3) var<storage, read_write> counts: array<atomic<u32>>;

// The upper words of products, by halves: WGSL has no wide multiplication. With 16 bits a half, and the multiplier
// m = 65536 h + l, the product's upper word is aHigh h + (aHigh l + aLow h + (aLow l >> 16) >> 16), and the inner sum
// stays below 2^32 where h + l does not pass 65536.
fn highOfFirst(a: u32) -> u32 {
  let low = a & 0xffffu;
  let high = a >> 16u;
  let middle = high * 0x1f53u + low * 0xd251u + ((low * 0x1f53u) >> 16u);
  return high * 0xd251u + (middle >> 16u);
}

// Of 0xcd9e8d57, whose halves are too large, by way of 2^32 less it, 0x326172a9: a less the upper word of that product,
// rounded up.
fn highOfSecond(a: u32) -> u32 {
  let low = a & 0xffffu;
  let high = a >> 16u;
  let middle = (high * 0x72a9u + 0xffffu) + low * 0x3261u + ((low * 0x72a9u + 0xffffu) >> 16u);
  return a - high * 0x3261u - (middle >> 16u);
}

// Salmon et al. 2011, "Parallel random numbers: as easy as 1, 2, 3": Philox4x32.
fn philox(start: vec4u) -> vec4u {
  var c = start;
  for (var i = 0u; i < ${ROUNDS / 2}u; i++) {
    c = roundOf(roundOf(c, p.keys[i].xy), p.keys[i].zw);
  }
  return c;
}

fn roundOf(c: vec4u, key: vec2u) -> vec4u {
  return vec4u(
    highOfSecond(c.z) ^ c.y ^ key.x, c.z * 0xcd9e8d57u,
    highOfFirst(c.x) ^ c.w ^ key.y, c.x * 0xd2511f53u,
  );
}

fn wordsOf(four: u32) -> vec4u {
  let low = p.counterLow + four;
  return philox(vec4u(low, p.counterHigh + select(0u, 1u, low < four), 0u, 0u));
}

fn fractions(words: vec4u) -> vec4f {
  return vec4f(words & vec4u(0xffffffu)) * 0x1p-24f;
}

// Cephes' logf; the language's own is off in the fourth digit on some devices. Mantissas run from the root of one half on.
fn logOf(x: vec2f) -> vec2f {
  let bits = bitcast<vec2i>(x) - 0x3f3504f3;
  let e = vec2f(bits >> vec2u(23u));
  let m = bitcast<vec2f>((bits & vec2i(0x7fffff)) + 0x3f3504f3) - 1f;
  let z = m * m;
  var y = fma(vec2f(7.0376836292e-2f), m, vec2f(-1.151461031e-1f));
  y = fma(y, m, vec2f(1.167699874e-1f));
  y = fma(y, m, vec2f(-1.2420140846e-1f));
  y = fma(y, m, vec2f(1.4249322787e-1f));
  y = fma(y, m, vec2f(-1.6668057665e-1f));
  y = fma(y, m, vec2f(2.0000714765e-1f));
  y = fma(y, m, vec2f(-2.4999993993e-1f));
  y = fma(y, m, vec2f(3.3333331174e-1f));
  y = fma(vec2f(-0.5f), z, fma(y * m, z, e * -2.1219444e-4f));
  return fma(e, vec2f(0.693359375f), m + y);
}

// Sines in the first two places, cosines in the last, of angles from 0 to 2π: Cephes' sinf and cosf. What is added to
// the quarter turns leaves the nearest whole one in the last bits.
fn circleOf(angle: vec2f) -> vec4f {
  let shifted = fma(angle, vec2f(0.636619772f), vec2f(12582912f));
  let quarters = shifted - 12582912f;
  var x = fma(quarters, vec2f(-1.5703125f), angle);
  x = fma(quarters, vec2f(-4.837512969970703e-4f), x);
  x = fma(quarters, vec2f(-7.549789954891886e-8f), x);
  let z = x * x;
  var s = fma(vec2f(-1.9515295891e-4f), z, vec2f(8.3321608736e-3f));
  s = fma(s, z, vec2f(-1.6666654611e-1f));
  s = fma(s * z, x, x);
  var c = fma(vec2f(2.443315711809948e-5f), z, vec2f(-1.388731625493765e-3f));
  c = fma(c, z, vec2f(4.166664568298827e-2f));
  c = fma(fma(c, z, vec2f(-0.5f)), z, vec2f(1f));
  let quarter = bitcast<vec2u>(shifted);
  let isSwapped = (quarter & vec2u(1u)) != vec2u(0u);
  let sine = bitcast<vec2u>(select(s, c, isSwapped)) ^ ((quarter & vec2u(2u)) << vec2u(30u));
  let cosine = bitcast<vec2u>(select(c, s, isSwapped)) ^ (((quarter + 1u) & vec2u(2u)) << vec2u(30u));
  return vec4f(bitcast<vec2f>(sine), bitcast<vec2f>(cosine));
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
fn normalsOf(words: vec4u) -> vec4f {
  let whole = vec4f(words & vec4u(0xffffffu));
  let radius = sqrt(-2f * logOf(fma(whole.xz, vec2f(-0x1p-24f), vec2f(1f))));
  let circle = circleOf(whole.yw * (6.2831853f * 0x1p-24f));
  let cosines = radius * circle.zw;
  let sines = radius * circle.xy;
  return fma(vec4f(cosines.x, sines.x, cosines.y, sines.y), vec4f(p.scale), vec4f(p.shift));
}

fn valuesOf(four: u32) -> vec4f {
  let words = wordsOf(four);
  if (distribution == 1u) { return normalsOf(words); }
  let u = fractions(words);
  if (distribution == 2u) { return truncatedOf(u); }
  return fma(u, vec4f(p.scale), vec4f(p.shift));
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

fn count(value: f32) {
  atomicAdd(&shared_counts[min(u32((value - p.lowest) * p.perUnit), p.bins - 1u)], 1u);
}

@compute @workgroup_size(${WORKGROUP})
fn measure(@builtin(workgroup_id) group: vec3u, @builtin(local_invocation_index) own: u32) {
  var first = vec4f(0);
  var second = vec4f(0);
  var third = vec4f(0);
  var fourth = vec4f(0);
  var zeros = vec4f(0);
  var lowest = vec4f(3.4e38f);
  var highest = vec4f(-3.4e38f);
  for (var k = 0u; k < p.fours; k++) {
    let four = (group.x * p.fours + k) * ${WORKGROUP}u + own;
    if (4u * four >= p.count) { break; }
    let values = valuesOf(four);
    let x = fma(values, vec4f(p.perScale), vec4f(p.center));
    let square = x * x;
    first += x;
    second += square;
    third = fma(square, x, third);
    fourth = fma(square, square, fourth);
    lowest = min(lowest, values);
    highest = max(highest, values);
    zeros += select(vec4f(0), vec4f(1), values == vec4f(0));
    count(values.x);
    count(values.y);
    count(values.z);
    count(values.w);
  }
  powers[own] = vec4f(dot(first, vec4f(1)), dot(second, vec4f(1)), dot(third, vec4f(1)), dot(fourth, vec4f(1)));
  extremes[own] = vec3f(least(lowest), -least(-highest), dot(zeros, vec4f(1)));
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

fn least(v: vec4f) -> f32 {
  return min(min(v.x, v.y), min(v.z, v.w));
}
`;
