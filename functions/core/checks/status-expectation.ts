import type { StatusExpectation } from '../config/expectation-schemas.ts';

/** `200`, a class such as `2xx`, or a list of either. */
export function meetsStatusExpectation(expectation: StatusExpectation, status: number): boolean {
  if (typeof expectation === 'number') {
    return status === expectation;
  }
  if (typeof expectation === 'string') {
    return Math.floor(status / 100) === Number(expectation[0]);
  }
  return expectation.some((one) => meetsStatusExpectation(one, status));
}

export function describeStatusExpectation(expectation: StatusExpectation): string {
  return typeof expectation === 'object' ? expectation.join(' or ') : String(expectation);
}
