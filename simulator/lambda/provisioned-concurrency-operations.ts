import type {
  DeleteProvisionedConcurrencyConfigCommandInput,
  DeleteProvisionedConcurrencyConfigCommandOutput,
  GetProvisionedConcurrencyConfigCommandInput,
  GetProvisionedConcurrencyConfigCommandOutput,
  ListProvisionedConcurrencyConfigsCommandInput,
  ListProvisionedConcurrencyConfigsCommandOutput,
  PutProvisionedConcurrencyConfigCommandInput,
  PutProvisionedConcurrencyConfigCommandOutput,
} from '@aws-sdk/client-lambda';
import type { World } from '../core/world.ts';
import { operation, type WireOperation } from '../wire/operation.ts';
import type { LambdaModel } from './model.ts';
import { page } from './page.ts';
import {
  noProvisionedConcurrency,
  provision,
  provisionable,
  provisionedShape,
} from './provisioned-concurrency.ts';

/** Provisioned concurrency: kept and told with its status; environments still begin with their first invocation. */
export function provisionedConcurrencyOperations(
  { functions }: LambdaModel,
  world: World,
): Record<string, WireOperation> {
  const { clock } = world;
  return {
    PutProvisionedConcurrencyConfig: operation<
      PutProvisionedConcurrencyConfigCommandInput,
      PutProvisionedConcurrencyConfigCommandOutput
    >(
      ['FunctionName', 'Qualifier', 'ProvisionedConcurrentExecutions'],
      ({ FunctionName = '', Qualifier, ProvisionedConcurrentExecutions = 1 }) => {
        const { stored, qualifier } = provisionable(functions, FunctionName, Qualifier);
        const config = provision(stored, qualifier, ProvisionedConcurrentExecutions, world);
        return provisionedShape(config, clock.now());
      },
    ),

    GetProvisionedConcurrencyConfig: operation<
      GetProvisionedConcurrencyConfigCommandInput,
      GetProvisionedConcurrencyConfigCommandOutput
    >(['FunctionName', 'Qualifier'], ({ FunctionName = '', Qualifier }) => {
      const { stored, qualifier } = provisionable(functions, FunctionName, Qualifier);
      const config = stored.provisionedConcurrency.get(qualifier);
      if (!config) throw noProvisionedConcurrency();
      return provisionedShape(config, clock.now());
    }),

    DeleteProvisionedConcurrencyConfig: operation<
      DeleteProvisionedConcurrencyConfigCommandInput,
      DeleteProvisionedConcurrencyConfigCommandOutput
    >(['FunctionName', 'Qualifier'], ({ FunctionName = '', Qualifier }) => {
      const { stored, qualifier } = provisionable(functions, FunctionName, Qualifier);
      stored.provisionedConcurrency.delete(qualifier);
      return {};
    }),

    ListProvisionedConcurrencyConfigs: operation<
      ListProvisionedConcurrencyConfigsCommandInput,
      ListProvisionedConcurrencyConfigsCommandOutput
    >(['FunctionName', 'Marker', 'MaxItems'], ({ FunctionName = '', Marker, MaxItems }) => {
      const { definition, provisionedConcurrency } = functions.get(FunctionName);
      const all = [...provisionedConcurrency].map(([qualifier, config]) => ({
        FunctionArn: `${definition.arn}:${qualifier}`,
        ...provisionedShape(config, clock.now()),
      }));
      const { items, next } = page(all, Marker, MaxItems);
      return { ProvisionedConcurrencyConfigs: items, ...(next && { NextMarker: next }) };
    }),
  };
}
