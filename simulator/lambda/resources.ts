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
  return {
    'AWS::Lambda::Function': resource(functionProperties, (properties, context) => {
      const definition = defineFunction(properties, context);
      model.functions.add(definition);
      return { physicalId: definition.name, attributes: { Arn: definition.arn } };
    }),

    'AWS::Lambda::Permission': resource(permissionProperties, (properties, context) => {
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
    }),

    'AWS::Lambda::EventInvokeConfig': resource(eventInvokeConfigProperties, (properties) => {
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
    }),

    'AWS::Lambda::Version': resource(versionProperties, (properties) => {
      const { definition, versions } = model.functions.get(properties.FunctionName);
      const version = String(versions.length + 1);
      versions.push({ version, description: properties.Description ?? '' });
      const versionArn = `${definition.arn}:${version}`;
      return { physicalId: versionArn, attributes: { Version: version, FunctionArn: versionArn } };
    }),

    'AWS::Lambda::Alias': resource(aliasProperties, (properties) => {
      const { definition, aliases } = model.functions.get(properties.FunctionName);
      model.functions.resolve(definition.name, properties.FunctionVersion);
      aliases.set(properties.Name, {
        name: properties.Name,
        version: properties.FunctionVersion,
        description: properties.Description ?? '',
      });
      const aliasArn = `${definition.arn}:${properties.Name}`;
      return { physicalId: aliasArn, attributes: { AliasArn: aliasArn } };
    }),
  };
}
