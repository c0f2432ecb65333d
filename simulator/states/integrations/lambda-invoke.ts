import type { InvocationResult } from '../../core/services.ts';
import type { World } from '../../core/world.ts';
import { StatesError } from '../interpreter/states-error.ts';
import type { Integration } from './integration.ts';
import { requireInvokePermission } from './invoke-permission.ts';
import { functionError, invocationError } from './lambda-errors.ts';
import { serviceTaskEvents } from './task-events.ts';

/** Arguments of `lambda:invoke` that are modelled; others are refused by name. */
export const lambdaInvokeArguments: ReadonlySet<string> = new Set([
  'FunctionName',
  'Payload',
  'Qualifier',
  'InvocationType',
]);

/** `arn:aws:states:::lambda:invoke`, with or without `.waitForTaskToken` (aws-facts 5.6). */
export function lambdaInvoke(world: World, callback: boolean): Integration {
  const resource = callback ? 'invoke.waitForTaskToken' : 'invoke';
  return {
    callback,
    events: serviceTaskEvents('lambda', resource, world.identity.region),
    invoke: async (args, { execution }) => {
      const { functionName, qualifier, payload, type } = invocationOf(args);
      const name = qualifier === undefined ? functionName : `${functionName}:${qualifier}`;
      requireInvokePermission(world, execution.machine, name);
      const result = await world.services.lambda
        .invoke({ functionName: name, payload, type })
        .catch((error: unknown) => {
          throw invocationError(error);
        });
      if (result.functionError !== undefined) throw functionError(result.payload);
      return response(result, qualifier ?? '$LATEST', world.clock.now());
    },
  };
}

function invocationOf(args: unknown) {
  const given = (args ?? {}) as Readonly<Record<string, unknown>>;
  const unknownArgument = Object.keys(given).find((key) => !lambdaInvokeArguments.has(key));
  if (unknownArgument !== undefined) {
    throw refuse(`the argument '${unknownArgument}' is not modelled by the simulator`);
  }
  const { FunctionName, Payload = {}, Qualifier, InvocationType = 'RequestResponse' } = given;
  if (typeof FunctionName !== 'string' || FunctionName === '') {
    throw refuse("the argument 'FunctionName' must be a string");
  }
  if (Qualifier !== undefined && typeof Qualifier !== 'string') {
    throw refuse("the argument 'Qualifier' must be a string");
  }
  if (InvocationType !== 'RequestResponse' && InvocationType !== 'Event') {
    throw refuse(`InvocationType ${JSON.stringify(InvocationType)} is not modelled`);
  }
  const type: 'RequestResponse' | 'Event' = InvocationType;
  return { functionName: FunctionName, qualifier: Qualifier, payload: Payload, type };
}

function refuse(reason: string): StatesError {
  return new StatesError('States.Runtime', `Cannot call lambda:invoke: ${reason}`);
}

/** The SDK's response as the optimized integration shows it, Payload already parsed. */
function response(result: InvocationResult, executedVersion: string, nowMs: number) {
  const { requestId, statusCode, payload = null } = result;
  const headers = {
    'Content-Type': 'application/json',
    'Content-Length': String(Buffer.byteLength(JSON.stringify(payload))),
    Date: new Date(nowMs).toUTCString(),
    'X-Amz-Executed-Version': executedVersion,
    'x-amzn-RequestId': requestId,
  };
  return {
    ExecutedVersion: executedVersion,
    Payload: payload,
    SdkHttpMetadata: {
      AllHttpHeaders: Object.fromEntries(
        Object.entries(headers).map(([name, value]) => [name, [value]]),
      ),
      HttpHeaders: headers,
      HttpStatusCode: statusCode,
    },
    SdkResponseMetadata: { RequestId: requestId },
    StatusCode: statusCode,
  };
}
