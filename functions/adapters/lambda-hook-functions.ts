import { GetFunctionConfigurationCommand, LambdaClient } from '@aws-sdk/client-lambda';
import type { HookFunctions } from '../core/ports/hook-functions.ts';
import { awsErrorName, callAws } from './aws-errors.ts';
import { clientSettings } from './client-settings.ts';
import { once } from './once.ts';

export const lambdaClient = once(() => new LambdaClient(clientSettings));

/** Lambda functions that are to be lifecycle hooks. */
export function lambdaHookFunctions(client: LambdaClient, signal?: AbortSignal): HookFunctions {
  const options = signal === undefined ? {} : { abortSignal: signal };
  return {
    async describe(name) {
      try {
        const found = await callAws(
          { action: 'lambda:GetFunctionConfiguration', resource: name },
          () => client.send(new GetFunctionConfigurationCommand({ FunctionName: name }), options),
        );
        const vpcId = found.VpcConfig?.VpcId;
        return {
          name,
          arn: found.FunctionArn ?? '',
          state: found.State ?? 'Active',
          stateReason: found.StateReason,
          vpc: vpcId
            ? {
                vpcId,
                subnetIds: found.VpcConfig?.SubnetIds ?? [],
                securityGroupIds: found.VpcConfig?.SecurityGroupIds ?? [],
              }
            : undefined,
        };
      } catch (error) {
        if (awsErrorName(error) === 'ResourceNotFoundException') return undefined;
        throw error;
      }
    },
  };
}
