/** The C library's float32 exponential, logarithm and error function, to the bit (glibc 2.36), four at once. */
import { demoted, f32s, i32s, upperHalf } from './vector';

/** 2^(i/32). */
const ROOTS_OF_TWO = memory.data<f64>([
  1.0, 1.0218971486541166, 1.0442737824274138, 1.0671404006768237, 1.0905077326652577, 1.1143867425958924,
  1.1387886347566916, 1.1637248587775775, 1.189207115002721, 1.215247359980469, 1.241857812073484, 1.2690509571917332,
  1.2968395546510096, 1.3252366431597413, 1.3542555469368927, 1.383909881963832, 1.4142135623730951, 1.4451808069770467,
  1.4768261459394993, 1.5091644275934228, 1.5422108254079407, 1.5759808451078865, 1.6104903319492543, 1.645755478153965,
  1.681792830507429, 1.718619298122478, 1.7562521603732995, 1.7947090750031072, 1.8340080864093424, 1.8741676341103,
  1.9152065613971474, 1.9571441241754002,
]);

/** 32/ln 2 in two parts: the product of the first, which has 28 bits, with a float32 is exact. */
const STEPS: f64 = 46.16624130844683;
const STEPS_HIGH: f64 = 46.16624116897583;
const STEPS_LOW: f64 = STEPS - STEPS_HIGH;
/** Adding and taking it away rounds to an integer, which the last bits of the sum hold. */
const ROUNDER: f64 = 1.5 * 4503599627370496;

/** eˣ for −37 < x ≤ 0.5. */
export function expf(x: v128): v128 {
  return demoted(exp64(f64x2.promote_low_f32x4(x)), exp64(f64x2.promote_low_f32x4(upperHalf(x))));
}

/** 2^(r/32) near 0 from Arm's optimized routines, exp2f_data.c. */
function exp64(x: v128): v128 {
  const bits = f64x2.add(f64x2.mul(x, f64x2.splat(STEPS)), f64x2.splat(ROUNDER));
  const k = f64x2.sub(bits, f64x2.splat(ROUNDER));
  const r = f64x2.add(f64x2.sub(f64x2.mul(x, f64x2.splat(STEPS_HIGH)), k), f64x2.mul(x, f64x2.splat(STEPS_LOW)));
  const high = f64x2.add(f64x2.mul(f64x2.splat(0.05550361559341535 / 32768), r), f64x2.splat(0.2402284522445722 / 1024));
  const low = f64x2.add(f64x2.mul(f64x2.splat(0.6931471806916203 / 32), r), f64x2.splat(1));
  const polynomial = f64x2.add(f64x2.mul(high, f64x2.mul(r, r)), low);
  const root = pairAt(ROOTS_OF_TWO, i64x2.extract_lane(bits, 0) & 31, i64x2.extract_lane(bits, 1) & 31);
  return f64x2.mul(polynomial, i64x2.add(root, i64x2.shl(i64x2.shr_u(bits, 5), 52)));
}

/** 1/c and ln c of sixteen intervals; from Arm's optimized routines, logf_data.c. */
const INVERSES = memory.data<f64>([
  1.398907162146528, 1.3403141896637998, 1.286432210124115, 1.2367150214269895, 1.1906977166711752, 1.1479821020556429,
  1.1082251448272158, 1.0711297413057381, 1.036437278977283, 1.0, 0.9492859795739057, 0.8951049428609004,
  0.8476821620351103, 0.8050314851692001, 0.7664671008843108, 0.731428603316328,
]);
const LOGARITHMS = memory.data<f64>([
  -0.33569133332882284, -0.2929040563774074, -0.2518726580937369, -0.21245868807117255, -0.17453945183745634,
  -0.1380057072319758, -0.10275976698545139, -0.06871392447020525, -0.0357891387398228, 0.0, 0.05204517742929496,
  0.11081431298787942, 0.1652495223695143, 0.21687389031699977, 0.2659635028121397, 0.3127556664073557,
]);
/** Bits of the lower end of the interval that the significand is brought into. */
const LOG_FROM: i32 = 0x3f330000;

/** ln x for positive normal x. */
export function logf(x: v128): v128 {
  const offset = i32x4.sub(x, i32s(LOG_FROM));
  const exponent = i32x4.shr_s(offset, 23);
  const interval = v128.and(i32x4.shr_u(offset, 19), i32s(15));
  const significand = i32x4.sub(x, v128.and(offset, i32s(0xff800000)));
  return demoted(log64(significand, exponent, interval), log64(upperHalf(significand), upperHalf(exponent), upperHalf(interval)));
}

/** Of the lower two lanes. */
function log64(significand: v128, exponent: v128, interval: v128): v128 {
  const first = i64(i32x4.extract_lane(interval, 0));
  const second = i64(i32x4.extract_lane(interval, 1));
  const r = f64x2.sub(f64x2.mul(f64x2.promote_low_f32x4(significand), pairAt(INVERSES, first, second)), f64x2.splat(1));
  const square = f64x2.mul(r, r);
  const linear = f64x2.add(f64x2.mul(f64x2.splat(0.333456765744066), r), f64x2.splat(-0.4999997485802103));
  const high = f64x2.add(f64x2.mul(f64x2.splat(-0.25089342214237154), square), linear);
  const whole = f64x2.mul(f64x2.convert_low_i32x4_s(exponent), f64x2.splat(Math.LN2));
  const low = f64x2.add(r, f64x2.add(whole, pairAt(LOGARITHMS, first, second)));
  return f64x2.add(f64x2.mul(high, square), low);
}

function pairAt(table: usize, first: i64, second: i64): v128 {
  const low = f64x2.splat(load<f64>(table + (usize(first) << 3)));
  return f64x2.replace_lane(low, 1, load<f64>(table + (usize(second) << 3)));
}

/** erf x for |x| < 6 in four ranges (fdlibm, s_erff.c, Sun Microsystems 1993), every operation rounded to float32. */
export function erff(x: v128): v128 {
  const size = f32x4.abs(x);
  const isSmall = f32x4.lt(size, f32s(0.84375));
  const value = erfSmall(x);
  if (v128.all_true<i32>(isSmall)) return value;
  const isNear = f32x4.lt(size, f32s(1.25));
  let beyond = erfNearOne(size);
  if (!v128.all_true<i32>(isNear)) beyond = v128.bitselect(beyond, erfLarge(size), isNear);
  const signed = v128.or(beyond, v128.and(x, i32s(0x80000000)));
  return v128.bitselect(value, signed, isSmall);
}

function erfSmall(x: v128): v128 {
  const z = f32x4.mul(x, x);
  let p = step(f32s(-2.3763017452e-5), z, -5.770270247e-3);
  p = step(p, z, -2.8481749818e-2);
  p = step(p, z, -3.2504209876e-1);
  p = step(p, z, 1.2837916613e-1);
  let q = step(f32s(-3.9602282413e-6), z, 1.3249473704e-4);
  q = step(q, z, 5.0813062117e-3);
  q = step(q, z, 6.50222525e-2);
  q = step(q, z, 3.9791721106e-1);
  q = step(q, z, 1);
  return f32x4.add(x, f32x4.mul(x, f32x4.div(p, q)));
}

function erfNearOne(size: v128): v128 {
  const s = f32x4.sub(size, f32s(1));
  let p = step(f32s(-2.1663755178e-3), s, 3.5478305072e-2);
  p = step(p, s, -1.1089469492e-1);
  p = step(p, s, 3.1834661961e-1);
  p = step(p, s, -3.7220788002e-1);
  p = step(p, s, 4.1485610604e-1);
  p = step(p, s, -2.3621185683e-3);
  let q = step(f32s(1.1984500103e-2), s, 1.3637083583e-2);
  q = step(q, s, 1.2617121637e-1);
  q = step(q, s, 7.1828655899e-2);
  q = step(q, s, 5.4039794207e-1);
  q = step(q, s, 1.0642088205e-1);
  q = step(q, s, 1);
  return f32x4.add(f32s(8.4506291151e-1), f32x4.div(p, q));
}

function erfLarge(size: v128): v128 {
  const s = f32x4.div(f32s(1), f32x4.mul(size, size));
  const isMiddle = f32x4.lt(size, f32s(2.857142925262451));
  const ratio = v128.all_true<i32>(isMiddle) ? middleRatio(s) : v128.bitselect(middleRatio(s), largeRatio(s), isMiddle);
  // Cut to 12 bits, so that its square is exact.
  const cut = v128.and(size, i32s(0xfffff000));
  const main = expf(f32x4.sub(f32x4.neg(f32x4.mul(cut, cut)), f32s(0.5625)));
  const rest = expf(f32x4.add(f32x4.mul(f32x4.sub(cut, size), f32x4.add(cut, size)), ratio));
  return f32x4.sub(f32s(1), f32x4.div(f32x4.mul(main, rest), size));
}

function middleRatio(s: v128): v128 {
  let p = step(f32s(-9.8143291473), s, -81.287437439);
  p = step(p, s, -184.60508728);
  p = step(p, s, -162.39666748);
  p = step(p, s, -62.375331879);
  p = step(p, s, -10.558626175);
  p = step(p, s, -0.6938585639);
  p = step(p, s, -9.8649440333e-3);
  let q = step(f32s(-6.0424413532e-2), s, 6.5702495575);
  q = step(q, s, 108.63500214);
  q = step(q, s, 429.00814819);
  q = step(q, s, 645.38726807);
  q = step(q, s, 434.56588745);
  q = step(q, s, 137.65776062);
  q = step(q, s, 19.65127182);
  q = step(q, s, 1);
  return f32x4.div(p, q);
}

function largeRatio(s: v128): v128 {
  let p = step(f32s(-483.51919556), s, -1025.0950928);
  p = step(p, s, -637.56646729);
  p = step(p, s, -160.63638306);
  p = step(p, s, -17.757955551);
  p = step(p, s, -0.79928326607);
  p = step(p, s, -9.864943102e-3);
  let q = step(f32s(-22.440952301), s, 474.52853394);
  q = step(q, s, 2553.050293);
  q = step(q, s, 3199.8581543);
  q = step(q, s, 1536.7296143);
  q = step(q, s, 325.79251099);
  q = step(q, s, 30.338060379);
  q = step(q, s, 1);
  return f32x4.div(p, q);
}

/** One step of Horner's rule, unfused. */
// @ts-ignore: decorator
@inline
function step(p: v128, x: v128, coefficient: f32): v128 {
  return f32x4.add(f32x4.mul(p, x), f32s(coefficient));
}
