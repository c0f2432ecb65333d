import { logBeta } from './log-gamma.ts';

const tiny = 1e-300;
const precision = 1e-15;
const maxIterations = 10_000;

/**
 * Regularized incomplete beta function I_x(a, b), which is P(X <= x) for X ~ Beta(a, b); a, b > 0, 0 <= x <= 1.
 * Relative error below 1e-10 for a, b up to 1e5. Throws RangeError for arguments outside. Source: continued
 * fraction DLMF 8.17.22, evaluated by the method of Lentz, modified by Thompson and Barnett 1986.
 */
export function incompleteBeta(x: number, a: number, b: number): number {
  return Math.exp(logIncompleteBeta(x, a, b));
}

/** log I_x(a, b); keeps its meaning where the value itself underflows. */
export function logIncompleteBeta(x: number, a: number, b: number): number {
  if (!(a > 0 && b > 0 && x >= 0 && x <= 1)) {
    throw new RangeError(
      `Cannot take the incomplete beta function at x ${x}, a ${a}, b ${b}: need 0 <= x <= 1 and a, b above 0`,
    );
  }
  if (x === 0) return Number.NEGATIVE_INFINITY;
  if (x === 1) return 0;
  // The fraction converges quickly on this side of the mean; the other side is the complement (DLMF 8.17.4).
  if (x > (a + 1) / (a + b + 2)) return Math.log1p(-Math.exp(logTail(1 - x, b, a)));
  return logTail(x, a, b);
}

function logTail(x: number, a: number, b: number): number {
  const logFront = a * Math.log(x) + b * Math.log1p(-x) - logBeta(a, b) - Math.log(a);
  return logFront + Math.log(continuedFraction(x, a, b));
}

function continuedFraction(x: number, a: number, b: number): number {
  let c = 1;
  let d = 1 / awayFromZero(1 - ((a + b) * x) / (a + 1));
  let fraction = d;
  for (let m = 1; m <= maxIterations; m++) {
    const even = (m * (b - m) * x) / ((a + 2 * m - 1) * (a + 2 * m));
    d = 1 / awayFromZero(1 + even * d);
    c = awayFromZero(1 + even / c);
    fraction *= d * c;
    const odd = (-(a + m) * (a + b + m) * x) / ((a + 2 * m) * (a + 2 * m + 1));
    d = 1 / awayFromZero(1 + odd * d);
    c = awayFromZero(1 + odd / c);
    const step = d * c;
    fraction *= step;
    if (Math.abs(step - 1) < precision) break;
  }
  return fraction;
}

function awayFromZero(value: number): number {
  return Math.abs(value) < tiny ? tiny : value;
}
