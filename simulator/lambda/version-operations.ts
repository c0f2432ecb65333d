import type {
  CreateAliasCommandInput,
  CreateAliasCommandOutput,
  DeleteAliasCommandInput,
  DeleteAliasCommandOutput,
  GetAliasCommandInput,
  GetAliasCommandOutput,
  ListAliasesCommandInput,
  ListAliasesCommandOutput,
  ListVersionsByFunctionCommandInput,
  ListVersionsByFunctionCommandOutput,
  PublishVersionCommandInput,
  PublishVersionCommandOutput,
  UpdateAliasCommandInput,
  UpdateAliasCommandOutput,
} from '@aws-sdk/client-lambda';
import { AwsError } from '../core/aws-error.ts';
import type { World } from '../core/world.ts';
import { operation, type WireOperation } from '../wire/operation.ts';
import { aliasShape, functionConfiguration, listedConfiguration } from './function-shapes.ts';
import type { Alias, StoredFunction } from './function-store.ts';
import { checkRevision, forgetQualifier, publishVersion, setAlias } from './function-versions.ts';
import type { LambdaModel } from './model.ts';
import { page } from './page.ts';

/** Versions and the aliases that point to them. */
export function versionOperations({ functions }: LambdaModel, world: World) {
  const operations: Record<string, WireOperation> = {
    PublishVersion: operation<PublishVersionCommandInput, PublishVersionCommandOutput>(
      ['FunctionName', 'CodeSha256', 'Description', 'RevisionId'],
      ({ FunctionName = '', CodeSha256, Description, RevisionId }) => {
        const request = {
          description: Description,
          codeSha256: CodeSha256,
          revisionId: RevisionId,
        };
        const stored = functions.get(FunctionName);
        const { version, definition } = publishVersion(stored, request, world);
        return functionConfiguration(definition, version, world.clock.now());
      },
    ),

    ListVersionsByFunction: operation<
      ListVersionsByFunctionCommandInput,
      ListVersionsByFunctionCommandOutput
    >(['FunctionName', 'Marker', 'MaxItems'], ({ FunctionName = '', Marker, MaxItems }) => {
      const { definition, versions } = functions.get(FunctionName);
      const nowMs = world.clock.now();
      const all = [
        listedConfiguration(definition, '$LATEST', nowMs, `${definition.arn}:$LATEST`),
        ...versions.map((each) => listedConfiguration(each.definition, each.version, nowMs)),
      ];
      const { items, next } = page(all, Marker, MaxItems);
      return { Versions: items, ...(next && { NextMarker: next }) };
    }),

    CreateAlias: operation<CreateAliasCommandInput, CreateAliasCommandOutput>(
      ['FunctionName', 'Name', 'FunctionVersion', 'Description', 'RoutingConfig'],
      ({ FunctionName = '', Name = '', FunctionVersion = '', Description, RoutingConfig }) => {
        const stored = functions.get(FunctionName);
        if (stored.aliases.has(Name)) {
          throw new AwsError(
            'ResourceConflictException',
            `Alias already exists: ${stored.definition.arn}:${Name}`,
            { status: 409, members: { Type: 'User' } },
          );
        }
        const alias = {
          name: Name,
          version: FunctionVersion,
          description: Description,
          weights: RoutingConfig?.AdditionalVersionWeights,
        };
        return aliasShape(stored.definition.arn, setAlias(stored, alias, world));
      },
    ),

    UpdateAlias: operation<UpdateAliasCommandInput, UpdateAliasCommandOutput>(
      ['FunctionName', 'Name', 'FunctionVersion', 'Description', 'RoutingConfig', 'RevisionId'],
      (input) => {
        const stored = functions.get(input.FunctionName ?? '');
        const before = aliasOf(stored, input.Name ?? '');
        checkRevision(input.RevisionId, before.revisionId);
        const { RoutingConfig } = input;
        const alias = {
          name: before.name,
          version: input.FunctionVersion ?? before.version,
          description: input.Description ?? before.description,
          weights: RoutingConfig ? RoutingConfig.AdditionalVersionWeights : before.weights,
        };
        return aliasShape(stored.definition.arn, setAlias(stored, alias, world));
      },
    ),

    GetAlias: operation<GetAliasCommandInput, GetAliasCommandOutput>(
      ['FunctionName', 'Name'],
      ({ FunctionName = '', Name = '' }) => {
        const stored = functions.get(FunctionName);
        return aliasShape(stored.definition.arn, aliasOf(stored, Name));
      },
    ),

    ListAliases: operation<ListAliasesCommandInput, ListAliasesCommandOutput>(
      ['FunctionName', 'FunctionVersion', 'Marker', 'MaxItems'],
      ({ FunctionName = '', FunctionVersion, Marker, MaxItems }) => {
        const { aliases, definition } = functions.get(FunctionName);
        const shapes = [...aliases.values()]
          .filter(({ version }) => !FunctionVersion || version === FunctionVersion)
          .sort((a, b) => (a.name < b.name ? -1 : 1))
          .map((alias) => aliasShape(definition.arn, alias));
        const { items, next } = page(shapes, Marker, MaxItems);
        return { Aliases: items, ...(next && { NextMarker: next }) };
      },
    ),

    // Deleting an alias that is not there is no error.
    DeleteAlias: operation<DeleteAliasCommandInput, DeleteAliasCommandOutput>(
      ['FunctionName', 'Name'],
      ({ FunctionName = '', Name = '' }) => {
        const stored = functions.get(FunctionName);
        if (stored.aliases.delete(Name)) forgetQualifier(stored, Name);
        return {};
      },
    ),
  };
  return operations;
}

function aliasOf({ definition, aliases }: StoredFunction, name: string): Alias {
  const alias = aliases.get(name);
  if (alias) return alias;
  throw new AwsError(
    'ResourceNotFoundException',
    `Cannot find alias arn: ${definition.arn}:${name}`,
    { status: 404, members: { Type: 'User' } },
  );
}
