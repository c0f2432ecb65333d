import type {
  DeleteFunctionConcurrencyCommandInput,
  DeleteFunctionConcurrencyCommandOutput,
  GetAccountSettingsCommandInput,
  GetAccountSettingsCommandOutput,
  GetFunctionConcurrencyCommandInput,
  GetFunctionConcurrencyCommandOutput,
  PutFunctionConcurrencyCommandInput,
  PutFunctionConcurrencyCommandOutput,
} from '@aws-sdk/client-lambda';
import type { World } from '../core/world.ts';
import { operation, type WireOperation } from '../wire/operation.ts';
import { requireReservable, unreservedConcurrency } from './concurrency.ts';
import type { LambdaModel } from './model.ts';

/** Reserved concurrency, and what the account has. */
export function concurrencyOperations(
  { functions }: LambdaModel,
  world: World,
): Record<string, WireOperation> {
  return {
    PutFunctionConcurrency: operation<
      PutFunctionConcurrencyCommandInput,
      PutFunctionConcurrencyCommandOutput
    >(
      ['FunctionName', 'ReservedConcurrentExecutions'],
      ({ FunctionName = '', ReservedConcurrentExecutions = 0 }) => {
        const stored = functions.get(FunctionName);
        requireReservable(stored, ReservedConcurrentExecutions, functions.list(), world);
        stored.definition = {
          ...stored.definition,
          reservedConcurrency: ReservedConcurrentExecutions,
        };
        return { ReservedConcurrentExecutions };
      },
    ),

    GetFunctionConcurrency: operation<
      GetFunctionConcurrencyCommandInput,
      GetFunctionConcurrencyCommandOutput
    >(['FunctionName'], ({ FunctionName = '' }) => {
      const { reservedConcurrency } = functions.get(FunctionName).definition;
      return reservedConcurrency === undefined
        ? {}
        : { ReservedConcurrentExecutions: reservedConcurrency };
    }),

    DeleteFunctionConcurrency: operation<
      DeleteFunctionConcurrencyCommandInput,
      DeleteFunctionConcurrencyCommandOutput
    >(['FunctionName'], ({ FunctionName = '' }) => {
      const stored = functions.get(FunctionName);
      const { reservedConcurrency: _, ...definition } = stored.definition;
      stored.definition = definition;
      return {};
    }),

    GetAccountSettings: operation<GetAccountSettingsCommandInput, GetAccountSettingsCommandOutput>(
      [],
      () => {
        const all = functions.list();
        const { concurrentExecutions } = world.settings;
        return {
          // Documented quotas: 75 GB of code, 250 MB unzipped, 50 MB zipped.
          AccountLimit: {
            TotalCodeSize: 80_530_636_800,
            CodeSizeUnzipped: 262_144_000,
            CodeSizeZipped: 52_428_800,
            ConcurrentExecutions: concurrentExecutions,
            UnreservedConcurrentExecutions: unreservedConcurrency(all, world),
          },
          AccountUsage: {
            TotalCodeSize: all.reduce((sum, { definition }) => sum + definition.codeSize, 0),
            FunctionCount: all.length,
          },
        };
      },
    ),
  };
}
