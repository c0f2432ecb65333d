import { AwsError } from '../core/aws-error.ts';
import type { World } from '../core/world.ts';
import { parseFunctionName } from './function-name.ts';
import type { FunctionStore, StoredFunction } from './function-store.ts';

/** What one version or alias has asked for. */
export interface ProvisionedConcurrency {
  readonly requested: number;
  readonly modifiedMs: number;
  /** IN_PROGRESS until then. */
  readonly readyMs: number;
}

/** The shape that Put, Get and List share. */
export function provisionedShape(
  { requested, modifiedMs, readyMs }: ProvisionedConcurrency,
  nowMs: number,
) {
  const isReady = nowMs >= readyMs;
  const count = isReady ? requested : 0;
  return {
    RequestedProvisionedConcurrentExecutions: requested,
    AvailableProvisionedConcurrentExecutions: count,
    AllocatedProvisionedConcurrentExecutions: count,
    Status: isReady ? ('READY' as const) : ('IN_PROGRESS' as const),
    LastModified: new Date(modifiedMs).toISOString().replace('Z', '+0000'),
  };
}

/** A function with one of its versions or aliases; what is unpublished has no provisioned concurrency. */
export function provisionable(functions: FunctionStore, name: string, given: string | undefined) {
  functions.resolve(name, given);
  const { qualifier } = parseFunctionName(name, given);
  if (qualifier === undefined || qualifier === '$LATEST') {
    throw invalid(
      'Provisioned Concurrency Configs cannot be applied to unpublished function versions.',
    );
  }
  return { stored: functions.get(name), qualifier };
}

/** Sets what a version or alias asks for, out of the function's reservation where it has one. */
export function provision(
  stored: StoredFunction,
  qualifier: string,
  requested: number,
  world: World,
): ProvisionedConcurrency {
  const { reservedConcurrency } = stored.definition;
  const others = [...stored.provisionedConcurrency]
    .filter(([name]) => name !== qualifier)
    .reduce((sum, [, each]) => sum + each.requested, 0);
  if (reservedConcurrency !== undefined && others + requested > reservedConcurrency) {
    throw invalid(
      'Requested Provisioned Concurrency should not be greater than the reservedConcurrentExecution for function',
    );
  }
  const modifiedMs = world.clock.now();
  const readyMs = modifiedMs + world.settings.functionUpdateMs;
  const config = { requested, modifiedMs, readyMs };
  stored.provisionedConcurrency.set(qualifier, config);
  return config;
}

export function noProvisionedConcurrency(): AwsError {
  return new AwsError(
    'ProvisionedConcurrencyConfigNotFoundException',
    'No Provisioned Concurrency Config found for this function',
    { status: 404, members: { Type: 'User' } },
  );
}

function invalid(message: string): AwsError {
  return new AwsError('InvalidParameterValueException', message, { members: { Type: 'User' } });
}
