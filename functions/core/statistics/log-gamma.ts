/** Lanczos coefficients for g = 607/128, n = 15 (Godfrey 2001, as in the Boost and Apache Commons libraries). */
const lanczos = [
  0.9999999999999971, 57.15623566586292, -59.59796035547549, 14.136097974741746,
  -0.4919138160976202, 3.399464998481189e-5, 4.652362892704858e-5, -9.837447530487956e-5,
  0.0001580887032249125, -0.00021026444172410488, 0.00021743961811521265, -0.0001643181065367639,
  8.441822398385275e-5, -2.6190838401581408e-5, 3.6899182659531625e-6,
] as const;
const g = 607 / 128;
const halfLogTwoPi = 0.5 * Math.log(2 * Math.PI);

/**
 * Natural logarithm of the gamma function for x > 0, absolute or relative error below 1e-13, whichever is
 * greater. Throws RangeError otherwise. Source: Lanczos 1964; NIST DLMF 5.
 */
export function logGamma(x: number): number {
  if (!(x > 0) || x === Number.POSITIVE_INFINITY) {
    throw new RangeError(`Cannot take the log-gamma of ${x}, need a finite number above 0`);
  }
  // Below 1 the recurrence keeps the series where it converges well (DLMF 5.5.1).
  // Stryker disable next-line EqualityOperator: at 0.5 both ways are right within the stated error
  if (x < 0.5) return logGamma(x + 1) - Math.log(x);
  const shifted = x - 1;
  let sum: number = lanczos[0];
  // Stryker disable next-line EqualityOperator: beyond the last coefficient 0 is added
  for (let k = 1; k < lanczos.length; k++) sum += (lanczos[k] ?? 0) / (shifted + k);
  const base = shifted + g + 0.5;
  return halfLogTwoPi + (shifted + 0.5) * Math.log(base) - base + Math.log(sum);
}

/** Natural logarithm of the beta function, a and b > 0. Source: DLMF 5.12.1. */
export function logBeta(a: number, b: number): number {
  return logGamma(a) + logGamma(b) - logGamma(a + b);
}
