import type { World } from '../../core/world.ts';
import type { Integration } from './integration.ts';
import { requireInvokePermission } from './invoke-permission.ts';
import { functionError, invocationError } from './lambda-errors.ts';
import { lambdaFunctionEvents } from './task-events.ts';

/** A function's ARN as the Resource: its payload is the result as it stands (aws-facts 5.6). */
export function lambdaFunction(world: World, functionArn: string): Integration {
  return {
    callback: false,
    events: lambdaFunctionEvents(functionArn),
    invoke: async (payload, { execution }) => {
      requireInvokePermission(world, execution.machine, functionArn);
      const invocation = { functionName: functionArn, payload, type: 'RequestResponse' } as const;
      const result = await world.services.lambda.invoke(invocation).catch((error: unknown) => {
        throw invocationError(error);
      });
      if (result.functionError !== undefined) throw functionError(result.payload);
      return result.payload ?? null;
    },
  };
}
