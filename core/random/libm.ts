/** The C library's float32 exponential, logarithm and error function, to the bit (glibc 2.36, x86-64). */

const f32 = Math.fround;
const single = new Float32Array(1);
const bits = new Int32Array(single.buffer);

/** 2^(i/32). */
const ROOTS_OF_TWO = Float64Array.of(
  1.0,
  1.0218971486541166,
  1.0442737824274138,
  1.0671404006768237,
  1.0905077326652577,
  1.1143867425958924,
  1.1387886347566916,
  1.1637248587775775,
  1.189207115002721,
  1.215247359980469,
  1.241857812073484,
  1.2690509571917332,
  1.2968395546510096,
  1.3252366431597413,
  1.3542555469368927,
  1.383909881963832,
  Math.SQRT2,
  1.4451808069770467,
  1.4768261459394993,
  1.5091644275934228,
  1.5422108254079407,
  1.5759808451078865,
  1.6104903319492543,
  1.645755478153965,
  1.681792830507429,
  1.718619298122478,
  1.7562521603732995,
  1.7947090750031072,
  1.8340080864093424,
  1.8741676341103,
  1.9152065613971474,
  1.9571441241754002,
);
const LOWEST_EXPONENT = -54;
const EXPONENTS = 56;
/** 2^(k/32) for every k that the error function can ask for. */
const POWERS = Float64Array.from({ length: 32 * EXPONENTS }, (_, k) => {
  return ROOTS_OF_TWO[k & 31]! * 2 ** ((k >> 5) + LOWEST_EXPONENT);
});

/** 32/ln 2 in two parts: the product of the first, which has 28 bits, with a float32 is exact. */
const STEPS = 46.16624130844683;
const STEPS_HIGH = Math.floor(STEPS * 2 ** 22) / 2 ** 22;
const STEPS_LOW = STEPS - STEPS_HIGH;
/** Adding and taking it away rounds to an integer. */
const ROUNDER = 1.5 * 2 ** 52;
/** 2^(r/32) near 0; from Arm's optimized routines, exp2f_data.c. */
const EXP_3 = 0.05550361559341535 / 32 ** 3;
const EXP_2 = 0.2402284522445722 / 32 ** 2;
const EXP_1 = 0.6931471806916203 / 32;

/** eˣ for −37 < x ≤ 0.5. */
export function expf(x: number): number {
  const k = x * STEPS + ROUNDER - ROUNDER;
  const r = x * STEPS_HIGH - k + x * STEPS_LOW;
  const polynomial = (EXP_3 * r + EXP_2) * (r * r) + (EXP_1 * r + 1);
  return f32(polynomial * POWERS[k - 32 * LOWEST_EXPONENT]!);
}

/** 1/c and ln c of sixteen intervals; from Arm's optimized routines, logf_data.c. */
const INVERSES = Float64Array.of(
  1.398907162146528,
  1.3403141896637998,
  1.286432210124115,
  1.2367150214269895,
  1.1906977166711752,
  1.1479821020556429,
  1.1082251448272158,
  1.0711297413057381,
  1.036437278977283,
  1.0,
  0.9492859795739057,
  0.8951049428609004,
  0.8476821620351103,
  0.8050314851692001,
  0.7664671008843108,
  0.731428603316328,
);
const LOGARITHMS = Float64Array.of(
  -0.33569133332882284,
  -0.2929040563774074,
  -0.2518726580937369,
  -0.21245868807117255,
  -0.17453945183745634,
  -0.1380057072319758,
  -0.10275976698545139,
  -0.06871392447020525,
  -0.0357891387398228,
  0.0,
  0.05204517742929496,
  0.11081431298787942,
  0.1652495223695143,
  0.21687389031699977,
  0.2659635028121397,
  0.3127556664073557,
);
const LOG_4 = -0.25089342214237154;
const LOG_3 = 0.333456765744066;
const LOG_2 = -0.4999997485802103;
/** Bits of the lower end of the interval that the significand is brought into. */
const LOG_FROM = 0x3f330000;

/** ln x for positive normal x. */
export function logf(x: number): number {
  single[0] = x;
  const offset = bits[0]! - LOG_FROM;
  const exponent = offset >> 23;
  const interval = (offset >> 19) & 15;
  bits[0]! -= offset & 0xff800000;
  const r = single[0]! * INVERSES[interval]! - 1;
  const square = r * r;
  const high = LOG_4 * square + (LOG_3 * r + LOG_2);
  return f32(high * square + (r + (exponent * Math.LN2 + LOGARITHMS[interval]!)));
}

/** Rational approximations of fdlibm, s_erff.c (Sun Microsystems 1993), highest power first. */
const SMALL_P = Float32Array.of(-2.3763017452e-5, -5.770270247e-3, -2.8481749818e-2, -3.2504209876e-1, 1.2837916613e-1);
const SMALL_Q = Float32Array.of(-3.9602282413e-6, 1.3249473704e-4, 5.0813062117e-3, 6.50222525e-2, 3.9791721106e-1, 1);
const NEAR_ONE_P = Float32Array.of(
  -2.1663755178e-3,
  3.5478305072e-2,
  -1.1089469492e-1,
  3.1834661961e-1,
  -3.7220788002e-1,
  4.1485610604e-1,
  -2.3621185683e-3,
);
const NEAR_ONE_Q = Float32Array.of(
  1.1984500103e-2,
  1.3637083583e-2,
  1.2617121637e-1,
  7.1828655899e-2,
  5.4039794207e-1,
  1.0642088205e-1,
  1,
);
const MIDDLE_R = Float32Array.of(
  -9.8143291473,
  -81.287437439,
  -184.60508728,
  -162.39666748,
  -62.375331879,
  -10.558626175,
  -0.6938585639,
  -9.8649440333e-3,
);
const MIDDLE_S = Float32Array.of(
  -6.0424413532e-2,
  6.5702495575,
  108.63500214,
  429.00814819,
  645.38726807,
  434.56588745,
  137.65776062,
  19.65127182,
  1,
);
const LARGE_R = Float32Array.of(
  -483.51919556,
  -1025.0950928,
  -637.56646729,
  -160.63638306,
  -17.757955551,
  -0.79928326607,
  -9.864943102e-3,
);
const LARGE_S = Float32Array.of(
  -22.440952301,
  474.52853394,
  2553.050293,
  3199.8581543,
  1536.7296143,
  325.79251099,
  30.338060379,
  1,
);
/** erf 1, cut to few bits. */
const ERF_ONE = f32(8.4506291151e-1);
const LARGE_FROM = f32(2.857142925262451);

/** erf x in four ranges, every operation rounded to float32. */
export function erff(x: number): number {
  const size = Math.abs(x);
  if (size < 0.84375) return erfSmall(x, size);
  const value = size < 1.25 ? erfNearOne(size) : size < 6 ? erfLarge(size) : 1;
  return x < 0 ? -value : value;
}

function erfSmall(x: number, size: number): number {
  if (size < 2 ** -28) return f32(x + f32(SMALL_P[4]! * x));
  const square = f32(x * x);
  const ratio = f32(horner(SMALL_P, square) / horner(SMALL_Q, square));
  return f32(x + f32(x * ratio));
}

function erfNearOne(size: number): number {
  const s = f32(size - 1);
  return f32(ERF_ONE + f32(horner(NEAR_ONE_P, s) / horner(NEAR_ONE_Q, s)));
}

function erfLarge(size: number): number {
  const s = f32(1 / f32(size * size));
  const isMiddle = size < LARGE_FROM;
  const ratio = f32(horner(isMiddle ? MIDDLE_R : LARGE_R, s) / horner(isMiddle ? MIDDLE_S : LARGE_S, s));
  const cut = cutTo12Bits(size);
  const main = expf(f32(f32(-cut * cut) - 0.5625));
  const correction = expf(f32(f32(f32(cut - size) * f32(cut + size)) + ratio));
  return f32(1 - f32(f32(main * correction) / size));
}

/** So that its square is exact. */
function cutTo12Bits(x: number): number {
  single[0] = x;
  bits[0]! &= 0xfffff000;
  return single[0]!;
}

function horner(coefficients: Float32Array, x: number): number {
  let value = coefficients[0]!;
  for (let i = 1; i < coefficients.length; i++) value = f32(f32(value * x) + coefficients[i]!);
  return value;
}
