import { AwsError } from '../core/aws-error.ts';
import type { World } from '../core/world.ts';
import type { StoredFunction } from './function-store.ts';

/** Lambda keeps this many for functions without a reservation (Lambda guide, "Reserved concurrency"). */
const leastUnreserved = 100;

export interface ConcurrencyUse {
  readonly functions: readonly StoredFunction[];
  /** Environments of a function that run now. */
  busy(functionName: string): number;
}

/** Refuses an invocation beyond the function's reservation, or beyond what the account has left. */
export function requireConcurrency(
  { definition }: StoredFunction,
  { functions, busy }: ConcurrencyUse,
  world: World,
): void {
  const { name, reservedConcurrency } = definition;
  if (reservedConcurrency !== undefined) {
    if (busy(name) < reservedConcurrency) return;
    throw throttled('ReservedFunctionConcurrentInvocationLimitExceeded');
  }
  const unreserved = functions.filter((each) => each.definition.reservedConcurrency === undefined);
  const running = unreserved.reduce((sum, each) => sum + busy(each.definition.name), 0);
  if (running < unreservedConcurrency(functions, world)) return;
  throw throttled('ConcurrentInvocationLimitExceeded');
}

/** What the functions without a reservation share. */
export function unreservedConcurrency(
  functions: readonly StoredFunction[],
  { settings }: World,
): number {
  const reserved = functions.reduce(
    (sum, { definition }) => sum + (definition.reservedConcurrency ?? 0),
    0,
  );
  return settings.concurrentExecutions - reserved;
}

/** Refuses a reservation that leaves the other functions too little; AWS's words from public threads. */
export function requireReservable(
  stored: StoredFunction,
  wanted: number,
  functions: readonly StoredFunction[],
  world: World,
): void {
  const others = functions.filter((each) => each !== stored);
  if (unreservedConcurrency(others, world) - wanted >= leastUnreserved) return;
  throw new AwsError(
    'InvalidParameterValueException',
    `Specified ReservedConcurrentExecutions for function decreases account's UnreservedConcurrentExecution below its minimum value of [${leastUnreserved}].`,
    { members: { Type: 'User' } },
  );
}

function throttled(reason: string): AwsError {
  return new AwsError('TooManyRequestsException', 'Rate Exceeded.', {
    status: 429,
    members: { Reason: reason, Type: 'User' },
  });
}
