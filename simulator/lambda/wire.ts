import type {
  GetFunctionCodeSigningConfigCommandInput,
  GetFunctionCodeSigningConfigCommandOutput,
  GetFunctionCommandInput,
  GetFunctionCommandOutput,
  GetFunctionConcurrencyCommandInput,
  GetFunctionConcurrencyCommandOutput,
  GetFunctionConfigurationCommandInput,
  GetFunctionConfigurationCommandOutput,
  GetFunctionEventInvokeConfigCommandInput,
  GetFunctionEventInvokeConfigCommandOutput,
  GetPolicyCommandInput,
  GetPolicyCommandOutput,
  ListFunctionsCommandInput,
  ListFunctionsCommandOutput,
  ListTagsCommandInput,
  ListTagsCommandOutput,
  ListVersionsByFunctionCommandInput,
  ListVersionsByFunctionCommandOutput,
} from '@aws-sdk/client-lambda';
import { AwsError } from '../core/aws-error.ts';
import type { World } from '../core/world.ts';
import { operation, type WireService } from '../wire/operation.ts';
import { eventInvokeConfigShape, functionConfiguration } from './function-shapes.ts';
import { invokeOperation } from './invoke-operation.ts';
import type { LambdaModel } from './model.ts';
import { page } from './page.ts';
import { policyDocument } from './resource-policy.ts';

export function lambdaWire(model: LambdaModel, world: World): WireService {
  const { functions } = model;
  return {
    name: 'lambda',
    operations: {
      Invoke: invokeOperation(model),

      GetFunction: operation<GetFunctionCommandInput, GetFunctionCommandOutput>(
        ['FunctionName', 'Qualifier'],
        ({ FunctionName = '', Qualifier }) => {
          const { definition, version } = functions.resolve(FunctionName, Qualifier);
          const { reservedConcurrency, tags } = definition;
          return {
            Configuration: functionConfiguration(definition, version),
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
        const { definition, version } = functions.resolve(FunctionName, Qualifier);
        return functionConfiguration(definition, version);
      }),

      ListFunctions: operation<ListFunctionsCommandInput, ListFunctionsCommandOutput>(
        ['Marker', 'MaxItems', 'FunctionVersion'],
        ({ Marker, MaxItems, FunctionVersion }) => {
          const all = functions
            .list()
            .flatMap(({ definition, versions }) => [
              functionConfiguration(definition, '$LATEST'),
              ...(FunctionVersion === 'ALL' ? versions : []).map((published) =>
                functionConfiguration(definition, published.version, published.description),
              ),
            ]);
          const { items, next } = page(all, Marker, MaxItems);
          return { Functions: items, ...(next && { NextMarker: next }) };
        },
      ),

      ListVersionsByFunction: operation<
        ListVersionsByFunctionCommandInput,
        ListVersionsByFunctionCommandOutput
      >(['FunctionName', 'Marker', 'MaxItems'], ({ FunctionName = '', Marker, MaxItems }) => {
        const { definition, versions } = functions.get(FunctionName);
        const all = [
          {
            ...functionConfiguration(definition, '$LATEST'),
            FunctionArn: `${definition.arn}:$LATEST`,
          },
          ...versions.map((published) =>
            functionConfiguration(definition, published.version, published.description),
          ),
        ];
        const { items, next } = page(all, Marker, MaxItems);
        return { Versions: items, ...(next && { NextMarker: next }) };
      }),

      GetPolicy: operation<GetPolicyCommandInput, GetPolicyCommandOutput>(
        ['FunctionName'],
        ({ FunctionName = '' }) => {
          const { definition, permissions } = functions.get(FunctionName);
          if (permissions.length === 0) {
            throw missing('The resource you requested does not exist.');
          }
          return {
            Policy: JSON.stringify(policyDocument(definition.arn, permissions)),
            RevisionId: definition.revisionId,
          };
        },
      ),

      GetFunctionEventInvokeConfig: operation<
        GetFunctionEventInvokeConfigCommandInput,
        GetFunctionEventInvokeConfigCommandOutput
      >(['FunctionName', 'Qualifier'], ({ FunctionName = '', Qualifier }) => {
        const { definition } = functions.resolve(FunctionName, Qualifier);
        const config = model.eventInvokeConfig(definition.name);
        if (!config) {
          throw missing(`The function ${definition.arn}:$LATEST doesn't have an EventInvokeConfig`);
        }
        return eventInvokeConfigShape(definition.arn, config);
      }),

      GetFunctionConcurrency: operation<
        GetFunctionConcurrencyCommandInput,
        GetFunctionConcurrencyCommandOutput
      >(['FunctionName'], ({ FunctionName = '' }) => {
        const { reservedConcurrency } = functions.get(FunctionName).definition;
        return reservedConcurrency === undefined
          ? {}
          : { ReservedConcurrentExecutions: reservedConcurrency };
      }),

      GetFunctionCodeSigningConfig: operation<
        GetFunctionCodeSigningConfigCommandInput,
        GetFunctionCodeSigningConfigCommandOutput
      >(['FunctionName'], ({ FunctionName = '' }) => ({
        CodeSigningConfigArn: '',
        FunctionName: functions.get(FunctionName).definition.name,
      })),

      ListTags: operation<ListTagsCommandInput, ListTagsCommandOutput>(
        ['Resource'],
        ({ Resource = '' }) => ({ Tags: { ...functions.get(Resource).definition.tags } }),
      ),
    },
  };
}

function missing(message: string): AwsError {
  return new AwsError('ResourceNotFoundException', message, { members: { Type: 'User' } });
}
