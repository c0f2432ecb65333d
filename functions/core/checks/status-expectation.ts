import type { HttpCheckConfig } from '../config/schema.ts';

export type StatusExpectation = HttpCheckConfig['expect']['status'];

/** `200`, `[200, 204]` or a class such as `2xx`. */
export function meetsStatusExpectation(expectation: StatusExpectation, status: number): boolean {
  if (typeof expectation === 'number') {
    return status === expectation;
  }
  if (typeof expectation === 'string') {
    return Math.floor(status / 100) === Number(expectation[0]);
  }
  return expectation.includes(status);
}

export function describeStatusExpectation(expectation: StatusExpectation): string {
  return typeof expectation === 'object' ? expectation.join(' or ') : String(expectation);
}
