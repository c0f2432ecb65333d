import { incompleteBeta } from './incomplete-beta.ts';

/**
 * The x with I_x(a, b) = p, for a, b > 0 and 0 <= p <= 1. Bisection, since the function rises: slow and certain;
 * exact to the last digits that the function itself has. Throws RangeError for arguments outside.
 */
export function betaQuantile(p: number, a: number, b: number): number {
  if (!(p >= 0 && p <= 1)) {
    throw new RangeError(`Cannot take quantile ${p} of a beta distribution, need 0 to 1`);
  }
  if (p === 0) return 0;
  if (p === 1) return 1;
  let low = 0;
  let high = 1;
  for (;;) {
    const middle = low + (high - low) / 2;
    if (middle === low || middle === high) return middle;
    if (incompleteBeta(middle, a, b) < p) low = middle;
    else high = middle;
  }
}
