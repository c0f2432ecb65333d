import { validationError } from './actions.ts';

const greatestPriority = 50_000;

export function checkPort(port: number | undefined): asserts port is number {
  if (port !== undefined && Number.isInteger(port) && port >= 1 && port <= 65_535) return;
  throw validationError(`Listener port ${port} must be between 1 and 65535`);
}

export function checkPriority(priority: number | undefined): asserts priority is number {
  if (
    priority !== undefined &&
    Number.isInteger(priority) &&
    priority >= 1 &&
    priority <= greatestPriority
  )
    return;
  throw validationError(`Rule priority ${priority} must be between 1 and ${greatestPriority}`);
}
