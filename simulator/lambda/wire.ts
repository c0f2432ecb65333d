import type {
  GetFunctionCodeSigningConfigCommandInput,
  GetFunctionCodeSigningConfigCommandOutput,
  GetFunctionCommandInput,
  GetFunctionCommandOutput,
  GetFunctionConfigurationCommandInput,
  GetFunctionConfigurationCommandOutput,
  ListFunctionsCommandInput,
  ListFunctionsCommandOutput,
} from '@aws-sdk/client-lambda';
import type { World } from '../core/world.ts';
import { operation, type WireService } from '../wire/operation.ts';
import { concurrencyOperations } from './concurrency-operations.ts';
import { eventInvokeOperations } from './event-invoke-operations.ts';
import { eventSourceOperations } from './event-source-operations.ts';
import { functionOperations } from './function-operations.ts';
import { functionConfiguration, listedConfiguration } from './function-shapes.ts';
import { invokeOperation } from './invoke-operation.ts';
import { layerOperations } from './layer-operations.ts';
import type { LambdaModel } from './model.ts';
import { page } from './page.ts';
import { permissionOperations } from './permission-operations.ts';
import { provisionedConcurrencyOperations } from './provisioned-concurrency-operations.ts';
import { tagOperations } from './tag-operations.ts';
import { versionOperations } from './version-operations.ts';

export function lambdaWire(model: LambdaModel, world: World): WireService {
  const { functions } = model;
  return {
    name: 'lambda',
    operations: {
      Invoke: invokeOperation(model),
      ...functionOperations(model, world),
      ...versionOperations(model, world),
      ...permissionOperations(model, world),
      ...eventInvokeOperations(model, world),
      ...eventSourceOperations(model, world),
      ...concurrencyOperations(model, world),
      ...provisionedConcurrencyOperations(model, world),
      ...layerOperations(model, world),
      ...tagOperations(model),

      GetFunction: operation<GetFunctionCommandInput, GetFunctionCommandOutput>(
        ['FunctionName', 'Qualifier'],
        ({ FunctionName = '', Qualifier }) => {
          const { definition, version, invokedArn } = functions.resolve(FunctionName, Qualifier);
          const { reservedConcurrency, tags } = functions.get(FunctionName).definition;
          return {
            Configuration: functionConfiguration(
              definition,
              version,
              world.clock.now(),
              invokedArn,
            ),
            Code: {
              RepositoryType: 'S3',
              Location: `${world.endpoint()}/snapshots/${definition.name}`,
            },
            ...(Object.keys(tags).length > 0 && { Tags: { ...tags } }),
            ...(reservedConcurrency !== undefined && {
              Concurrency: { ReservedConcurrentExecutions: reservedConcurrency },
            }),
          };
        },
      ),

      GetFunctionConfiguration: operation<
        GetFunctionConfigurationCommandInput,
        GetFunctionConfigurationCommandOutput
      >(['FunctionName', 'Qualifier'], ({ FunctionName = '', Qualifier }) => {
        const { definition, version, invokedArn } = functions.resolve(FunctionName, Qualifier);
        return functionConfiguration(definition, version, world.clock.now(), invokedArn);
      }),

      ListFunctions: operation<ListFunctionsCommandInput, ListFunctionsCommandOutput>(
        ['Marker', 'MaxItems', 'FunctionVersion'],
        ({ Marker, MaxItems, FunctionVersion }) => {
          const nowMs = world.clock.now();
          const all = functions.list().flatMap(({ definition, versions }) => {
            const latest = `${definition.arn}${FunctionVersion === 'ALL' ? ':$LATEST' : ''}`;
            return [
              listedConfiguration(definition, '$LATEST', nowMs, latest),
              ...(FunctionVersion === 'ALL' ? versions : []).map((each) =>
                listedConfiguration(each.definition, each.version, nowMs),
              ),
            ];
          });
          const { items, next } = page(all, Marker, MaxItems);
          return { Functions: items, ...(next && { NextMarker: next }) };
        },
      ),

      GetFunctionCodeSigningConfig: operation<
        GetFunctionCodeSigningConfigCommandInput,
        GetFunctionCodeSigningConfigCommandOutput
      >(['FunctionName'], ({ FunctionName = '' }) => ({
        CodeSigningConfigArn: '',
        FunctionName: functions.get(FunctionName).definition.name,
      })),
    },
  };
}
