import type { z } from 'zod';
import {
  type ResourceContext,
  type ResourceProviders,
  resource,
} from '../cloudformation/resource-provider.ts';
import { AwsError } from '../core/aws-error.ts';
import type { World } from '../core/world.ts';
import { defineFunction } from './define-function.ts';
import { eventInvokeConfig } from './event-invoke-config.ts';
import { eventSourceResource } from './event-source-resource.ts';
import type { FunctionDefinition } from './function-definition.ts';
import { parseFunctionName } from './function-name.ts';
import {
  aliasProperties,
  eventInvokeConfigProperties,
  type FunctionProperties,
  functionProperties,
  permissionProperties,
  versionProperties,
} from './function-properties.ts';
import { ofProperties } from './function-request.ts';
import { forgetQualifier, publishVersion, setAlias } from './function-versions.ts';
import { layerResource } from './layer-resource.ts';
import type { LambdaModel } from './model.ts';
import { unzippedLimitBytes } from './unpack-zip.ts';

export function lambdaResources(model: LambdaModel, world: World): ResourceProviders {
  const define = (
    name: string,
    properties: FunctionProperties,
    keep: (definition: FunctionDefinition) => void,
  ): Promise<FunctionDefinition> => {
    const { Code, Layers = [], Tags = [], ReservedConcurrentExecutions } = properties;
    const source =
      'ZipFile' in Code
        ? { inline: Code.ZipFile }
        : { s3: { bucket: Code.S3Bucket, key: Code.S3Key } };
    const limitBytes = unzippedLimitBytes - model.layers.unpackedBytes(Layers);
    return model.code.install(source, { operation: 'CreateFunction', limitBytes }, (code) => {
      const parts = {
        code,
        tags: Object.fromEntries(Tags.map((tag) => [tag.Key, tag.Value])),
        reservedConcurrency: ReservedConcurrentExecutions,
        layers: (arns: readonly string[]) => model.layers.attach(arns),
      };
      const definition = defineFunction(name, ofProperties(properties), parts, world);
      keep(definition);
      return definition;
    });
  };
  const configure = (properties: z.output<typeof eventInvokeConfigProperties>) => {
    const { FunctionName, Qualifier } = properties;
    const stored = model.functions.get(FunctionName);
    stored.eventInvokeConfigs.set(
      Qualifier,
      eventInvokeConfig(properties, stored.definition, world),
    );
    return { physicalId: `${stored.definition.name}|${Qualifier}` };
  };
  const applyAlias = (properties: z.output<typeof aliasProperties>) => {
    const stored = model.functions.get(properties.FunctionName);
    const weights = properties.RoutingConfig?.AdditionalVersionWeights ?? [];
    setAlias(
      stored,
      {
        name: properties.Name,
        version: properties.FunctionVersion,
        description: properties.Description,
        weights: Object.fromEntries(weights.map((w) => [w.FunctionVersion, w.FunctionWeight])),
      },
      world,
    );
    return `${stored.definition.arn}:${properties.Name}`;
  };
  return {
    'AWS::Lambda::Function': resource(
      functionProperties,
      async (properties, context: ResourceContext) => {
        const name = properties.FunctionName ?? context.generatedName(64);
        model.functions.requireNew(name);
        const definition = await define(name, properties, (made) => model.functions.add(made));
        return { physicalId: name, attributes: { Arn: definition.arn } };
      },
      {
        replacedBy: ['FunctionName', 'PackageType'],
        nameProperty: 'FunctionName',
        async update({ physicalId, next }) {
          let done: Promise<void> | undefined;
          await define(physicalId, next, (made) => {
            done = model.redefine(made);
          });
          await done;
          return undefined;
        },
        delete: ({ physicalId }) => model.delete(physicalId),
      },
    ),

    'AWS::Lambda::LayerVersion': layerResource(model),
    'AWS::Lambda::EventSourceMapping': eventSourceResource(model),

    'AWS::Lambda::Permission': resource(
      permissionProperties,
      (properties, context) => {
        const sid = context.generatedName(100);
        const { qualifier } = parseFunctionName(properties.FunctionName);
        model.functions.get(properties.FunctionName).permissions.push({
          sid,
          action: properties.Action,
          principal: properties.Principal,
          ...(qualifier !== undefined && { qualifier }),
          ...(properties.SourceArn === undefined ? {} : { sourceArn: properties.SourceArn }),
          ...(properties.SourceAccount === undefined
            ? {}
            : { sourceAccount: properties.SourceAccount }),
        });
        return { physicalId: sid, attributes: { Id: sid } };
      },
      {
        replacedBy: 'all',
        delete({ physicalId, properties }) {
          const stored = model.functions.get(properties.FunctionName);
          stored.permissions = stored.permissions.filter(({ sid }) => sid !== physicalId);
        },
      },
    ),

    'AWS::Lambda::EventInvokeConfig': resource(eventInvokeConfigProperties, configure, {
      replacedBy: ['FunctionName', 'Qualifier'],
      update: ({ next }) => configure(next),
      delete({ properties: { FunctionName, Qualifier } }) {
        model.functions.get(FunctionName).eventInvokeConfigs.delete(Qualifier);
      },
    }),

    'AWS::Lambda::Version': resource(
      versionProperties,
      ({ FunctionName, Description, CodeSha256 }) => {
        const stored = model.functions.get(FunctionName);
        const request = { description: Description, codeSha256: CodeSha256 };
        const before = stored.lastVersion;
        const { version } = publishVersion(stored, request, world);
        if (stored.lastVersion === before) throw unchangedSince(version);
        const versionArn = `${stored.definition.arn}:${version}`;
        return {
          physicalId: versionArn,
          attributes: { Version: version, FunctionArn: versionArn },
        };
      },
      {
        replacedBy: 'all',
        async delete({ properties, attributes }) {
          const stored = model.functions.find(parseFunctionName(properties.FunctionName).name);
          if (!stored) return;
          const version = String(attributes.Version);
          stored.versions = stored.versions.filter((each) => each.version !== version);
          forgetQualifier(stored, version);
          await model.retireVersion(stored.definition.name, version);
        },
      },
    ),

    'AWS::Lambda::Alias': resource(
      aliasProperties,
      (properties) => {
        const aliasArn = applyAlias(properties);
        return { physicalId: aliasArn, attributes: { AliasArn: aliasArn } };
      },
      {
        replacedBy: ['FunctionName', 'Name'],
        nameProperty: 'Name',
        update: ({ next }) => void applyAlias(next),
        delete({ properties: { FunctionName, Name } }) {
          const stored = model.functions.get(FunctionName);
          stored.aliases.delete(Name);
          forgetQualifier(stored, Name);
        },
      },
    ),
  };
}

/** CloudFormation's words for a version that would be the same as the last one. */
function unchangedSince(version: string): AwsError {
  return new AwsError(
    'ResourceConflictException',
    `A version for this Lambda function exists ( ${version} ). Modify the function to create a new version.`,
    { status: 409 },
  );
}
