/** Stands for a value that is known only once other resources exist. */
export class Unresolved {
  readonly reason: string;

  constructor(reason: string) {
    this.reason = reason;
  }
}

/** True when the value is, or somewhere holds, an unresolved one. */
export function holdsUnresolved(value: unknown): boolean {
  if (value instanceof Unresolved) return true;
  if (typeof value !== 'object' || value === null) return false;
  return Object.values(value).some(holdsUnresolved);
}
