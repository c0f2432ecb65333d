import type { z } from 'zod';
import { type ResourceProviders, resource } from '../cloudformation/resource-provider.ts';
import type { World } from '../core/world.ts';
import { defaultEventInvokeConfig } from './async-invocations.ts';
import { defineFunction } from './define-function.ts';
import {
  aliasProperties,
  eventInvokeConfigProperties,
  functionProperties,
  permissionProperties,
  versionProperties,
} from './function-properties.ts';
import type { LambdaModel } from './model.ts';

export function lambdaResources(model: LambdaModel, world: World): ResourceProviders {
  const configure = (properties: z.output<typeof eventInvokeConfigProperties>) => {
    const { OnFailure, OnSuccess } = properties.DestinationConfig ?? {};
    const stored = model.functions.get(properties.FunctionName);
    stored.eventInvokeConfig = {
      maximumRetryAttempts:
        properties.MaximumRetryAttempts ?? defaultEventInvokeConfig.maximumRetryAttempts,
      maximumEventAgeSeconds:
        properties.MaximumEventAgeInSeconds ?? defaultEventInvokeConfig.maximumEventAgeSeconds,
      ...(OnFailure && { onFailureArn: OnFailure.Destination }),
      ...(OnSuccess && { onSuccessArn: OnSuccess.Destination }),
      updatedAtMs: world.clock.now(),
    };
    return { physicalId: `${stored.definition.name}|${properties.Qualifier}` };
  };
  const setAlias = (properties: z.output<typeof aliasProperties>) => {
    const { definition, aliases } = model.functions.get(properties.FunctionName);
    model.functions.resolve(definition.name, properties.FunctionVersion);
    aliases.set(properties.Name, {
      name: properties.Name,
      version: properties.FunctionVersion,
      description: properties.Description ?? '',
    });
    return `${definition.arn}:${properties.Name}`;
  };
  return {
    'AWS::Lambda::Function': resource(
      functionProperties,
      (properties, context) => {
        const definition = defineFunction(properties, context);
        model.functions.add(definition);
        return { physicalId: definition.name, attributes: { Arn: definition.arn } };
      },
      {
        replacedBy: ['FunctionName', 'PackageType'],
        nameProperty: 'FunctionName',
        async update({ physicalId, next }, context) {
          const { createdAtMs } = model.functions.get(physicalId).definition;
          const definition = defineFunction({ ...next, FunctionName: physicalId }, context);
          await model.redefine({ ...definition, createdAtMs });
          return undefined;
        },
        delete: ({ physicalId }) => model.delete(physicalId),
      },
    ),

    'AWS::Lambda::Permission': resource(
      permissionProperties,
      (properties, context) => {
        const sid = context.generatedName(100);
        model.functions.get(properties.FunctionName).permissions.push({
          sid,
          action: properties.Action,
          principal: properties.Principal,
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
          const { permissions } = model.functions.get(properties.FunctionName);
          const index = permissions.findIndex(({ sid }) => sid === physicalId);
          if (index >= 0) permissions.splice(index, 1);
        },
      },
    ),

    'AWS::Lambda::EventInvokeConfig': resource(eventInvokeConfigProperties, configure, {
      replacedBy: ['FunctionName', 'Qualifier'],
      update: ({ next }) => configure(next),
      delete({ properties }) {
        model.functions.get(properties.FunctionName).eventInvokeConfig = undefined;
      },
    }),

    'AWS::Lambda::Version': resource(
      versionProperties,
      (properties) => {
        const { definition, versions } = model.functions.get(properties.FunctionName);
        const version = String(versions.length + 1);
        versions.push({ version, description: properties.Description ?? '' });
        const versionArn = `${definition.arn}:${version}`;
        return {
          physicalId: versionArn,
          attributes: { Version: version, FunctionArn: versionArn },
        };
      },
      {
        replacedBy: 'all',
        // The numbers of later versions go on from it.
        delete() {},
      },
    ),

    'AWS::Lambda::Alias': resource(
      aliasProperties,
      (properties) => {
        const aliasArn = setAlias(properties);
        return { physicalId: aliasArn, attributes: { AliasArn: aliasArn } };
      },
      {
        replacedBy: ['FunctionName', 'Name'],
        nameProperty: 'Name',
        update: ({ next }) => void setAlias(next),
        delete({ properties }) {
          model.functions.get(properties.FunctionName).aliases.delete(properties.Name);
        },
      },
    ),
  };
}
