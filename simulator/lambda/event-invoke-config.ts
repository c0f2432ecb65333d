import { AwsError } from '../core/aws-error.ts';
import type { World } from '../core/world.ts';
import { isDestination } from './async-destination.ts';
import { defaultEventInvokeConfig, type EventInvokeConfig } from './async-invocations.ts';
import type { FunctionDefinition } from './function-definition.ts';
import { requireDestinationPermissions } from './role-permissions.ts';

export interface EventInvokeRequest {
  readonly MaximumRetryAttempts?: number | undefined;
  readonly MaximumEventAgeInSeconds?: number | undefined;
  readonly DestinationConfig?:
    | {
        readonly OnFailure?: { readonly Destination?: string | undefined } | undefined;
        readonly OnSuccess?: { readonly Destination?: string | undefined } | undefined;
      }
    | undefined;
}

/** Reads asynchronous settings; what is left out is as in `before`, else Lambda's default. */
export function eventInvokeConfig(
  request: EventInvokeRequest,
  of: FunctionDefinition,
  world: World,
  before?: EventInvokeConfig,
): EventInvokeConfig {
  const { MaximumRetryAttempts: attempts, MaximumEventAgeInSeconds: ageSeconds } = request;
  checkRange('maximumRetryAttempts', attempts, 0, 2);
  checkRange('maximumEventAgeInSeconds', ageSeconds, 60, 21_600);
  const { OnFailure, OnSuccess } = request.DestinationConfig ?? {
    OnFailure: { Destination: before?.onFailureArn },
    OnSuccess: { Destination: before?.onSuccessArn },
  };
  for (const target of [OnFailure, OnSuccess]) checkDestination(target?.Destination, request);
  if (request.DestinationConfig) {
    requireDestinationPermissions(world, of, [OnSuccess?.Destination, OnFailure?.Destination]);
  }
  const from = before ?? defaultEventInvokeConfig;
  return {
    maximumRetryAttempts: attempts ?? from.maximumRetryAttempts,
    maximumEventAgeSeconds: ageSeconds ?? from.maximumEventAgeSeconds,
    ...(OnFailure?.Destination && { onFailureArn: OnFailure.Destination }),
    ...(OnSuccess?.Destination && { onSuccessArn: OnSuccess.Destination }),
    updatedAtMs: world.clock.now(),
  };
}

function checkRange(member: string, value: number | undefined, least: number, most: number): void {
  if (value === undefined || (value >= least && value <= most)) return;
  const bound =
    value < least ? `greater than or equal to ${least}` : `less than or equal to ${most}`;
  throw new AwsError(
    'ValidationException',
    `1 validation error detected: Value '${value}' at '${member}' failed to satisfy constraint: Member must have value ${bound}`,
    { status: 400 },
  );
}

/** A Java-like rendering of the request stands in AWS's message. */
function checkDestination(
  target: string | undefined,
  { DestinationConfig }: EventInvokeRequest,
): void {
  if (!target) return;
  const service = target.split(':')[2];
  if (service === 's3' || (service === 'events' && !target.endsWith(':event-bus/default'))) {
    throw new AwsError('NotImplemented', `The destination ${target} is not simulated`, {
      status: 400,
    });
  }
  if (isDestination(target)) return;
  const shown = (name: string, arn: string | undefined) =>
    arn ? `${name}(destination=${arn})` : 'null';
  throw new AwsError(
    'InvalidParameterValueException',
    `The provided destination config DestinationConfig(onSuccess=${shown('OnSuccess', DestinationConfig?.OnSuccess?.Destination)}, onFailure=${shown('OnFailure', DestinationConfig?.OnFailure?.Destination)}) is invalid.`,
    { members: { Type: 'User' } },
  );
}
