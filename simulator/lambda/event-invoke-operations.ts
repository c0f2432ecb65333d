import type {
  DeleteFunctionEventInvokeConfigCommandInput,
  DeleteFunctionEventInvokeConfigCommandOutput,
  GetFunctionEventInvokeConfigCommandInput,
  GetFunctionEventInvokeConfigCommandOutput,
  ListFunctionEventInvokeConfigsCommandInput,
  ListFunctionEventInvokeConfigsCommandOutput,
  PutFunctionEventInvokeConfigCommandInput,
  PutFunctionEventInvokeConfigCommandOutput,
  UpdateFunctionEventInvokeConfigCommandInput,
  UpdateFunctionEventInvokeConfigCommandOutput,
} from '@aws-sdk/client-lambda';
import { AwsError } from '../core/aws-error.ts';
import type { World } from '../core/world.ts';
import { operation, type WireOperation } from '../wire/operation.ts';
import { eventInvokeConfig } from './event-invoke-config.ts';
import { parseFunctionName } from './function-name.ts';
import { eventInvokeConfigShape } from './function-shapes.ts';
import type { LambdaModel } from './model.ts';
import { page } from './page.ts';

/** Settings of asynchronous invocation, of `$LATEST`, a version or an alias each. */
export function eventInvokeOperations(
  { functions }: LambdaModel,
  world: World,
): Record<string, WireOperation> {
  const find = (name: string, given: string | undefined) => {
    functions.resolve(name, given);
    const { qualifier = '$LATEST' } = parseFunctionName(name, given);
    const { definition, eventInvokeConfigs: configs } = functions.get(name);
    return { definition, configs, qualifier, qualifiedArn: `${definition.arn}:${qualifier}` };
  };
  const missing = (qualifiedArn: string) =>
    new AwsError(
      'ResourceNotFoundException',
      `The function ${qualifiedArn} doesn't have an EventInvokeConfig`,
      { status: 404, members: { Type: 'User' } },
    );
  const members = [
    'FunctionName',
    'Qualifier',
    'MaximumRetryAttempts',
    'MaximumEventAgeInSeconds',
    'DestinationConfig',
  ] as const;

  return {
    PutFunctionEventInvokeConfig: operation<
      PutFunctionEventInvokeConfigCommandInput,
      PutFunctionEventInvokeConfigCommandOutput
    >(members, (input) => {
      const found = find(input.FunctionName ?? '', input.Qualifier);
      const { definition, configs, qualifier, qualifiedArn } = found;
      const config = eventInvokeConfig(input, definition, world);
      configs.set(qualifier, config);
      return eventInvokeConfigShape(qualifiedArn, config);
    }),

    UpdateFunctionEventInvokeConfig: operation<
      UpdateFunctionEventInvokeConfigCommandInput,
      UpdateFunctionEventInvokeConfigCommandOutput
    >(members, (input) => {
      const found = find(input.FunctionName ?? '', input.Qualifier);
      const { definition, configs, qualifier, qualifiedArn } = found;
      const before = configs.get(qualifier);
      if (!before) throw missing(qualifiedArn);
      const config = eventInvokeConfig(input, definition, world, before);
      configs.set(qualifier, config);
      return eventInvokeConfigShape(qualifiedArn, config);
    }),

    GetFunctionEventInvokeConfig: operation<
      GetFunctionEventInvokeConfigCommandInput,
      GetFunctionEventInvokeConfigCommandOutput
    >(['FunctionName', 'Qualifier'], ({ FunctionName = '', Qualifier }) => {
      const { configs, qualifier, qualifiedArn } = find(FunctionName, Qualifier);
      const config = configs.get(qualifier);
      if (!config) throw missing(qualifiedArn);
      return eventInvokeConfigShape(qualifiedArn, config);
    }),

    ListFunctionEventInvokeConfigs: operation<
      ListFunctionEventInvokeConfigsCommandInput,
      ListFunctionEventInvokeConfigsCommandOutput
    >(['FunctionName', 'Marker', 'MaxItems'], ({ FunctionName = '', Marker, MaxItems }) => {
      const { definition, eventInvokeConfigs } = functions.get(FunctionName);
      const all = [...eventInvokeConfigs].map(([qualifier, config]) =>
        eventInvokeConfigShape(`${definition.arn}:${qualifier}`, config),
      );
      const { items, next } = page(all, Marker, MaxItems);
      return { FunctionEventInvokeConfigs: items, ...(next && { NextMarker: next }) };
    }),

    DeleteFunctionEventInvokeConfig: operation<
      DeleteFunctionEventInvokeConfigCommandInput,
      DeleteFunctionEventInvokeConfigCommandOutput
    >(['FunctionName', 'Qualifier'], ({ FunctionName = '', Qualifier }) => {
      const { configs, qualifier, qualifiedArn } = find(FunctionName, Qualifier);
      if (!configs.delete(qualifier)) throw missing(qualifiedArn);
      return {};
    }),
  };
}
