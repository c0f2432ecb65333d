import { z } from 'zod';
import { cfnBoolean, cfnNumber, cfnTags } from '../cloudformation/property-schemas.ts';
import { type ResourceProviders, resource } from '../cloudformation/resource-provider.ts';
import { sameValue } from '../cloudformation/same-value.ts';
import { serviceApi } from '../cloudformation/service-api.ts';
import { tagChanges } from '../cloudformation/tag-changes.ts';
import { AwsError } from '../core/aws-error.ts';
import type { Random } from '../core/random.ts';
import type { World } from '../core/world.ts';
import type { SecretsManagerModel } from './model.ts';
import { randomPassword } from './random-password.ts';
import { secretsManagerWire } from './wire.ts';

const generateSecretString = z.strictObject({
  ExcludeCharacters: z.string().optional(),
  ExcludeLowercase: cfnBoolean.optional(),
  ExcludeNumbers: cfnBoolean.optional(),
  ExcludePunctuation: cfnBoolean.optional(),
  ExcludeUppercase: cfnBoolean.optional(),
  GenerateStringKey: z.string().optional(),
  IncludeSpace: cfnBoolean.optional(),
  PasswordLength: cfnNumber.optional(),
  RequireEachIncludedType: cfnBoolean.optional(),
  SecretStringTemplate: z.string().optional(),
});

const secretProperties = z.strictObject({
  Name: z.string().optional(),
  Description: z.string().optional(),
  KmsKeyId: z.string().optional(),
  SecretString: z.string().optional(),
  GenerateSecretString: generateSecretString.optional(),
  Tags: cfnTags,
});

export function secretsManagerResources(
  model: SecretsManagerModel,
  world: World,
): ResourceProviders {
  const api = serviceApi(() => secretsManagerWire(model, world));
  return {
    'AWS::SecretsManager::Secret': resource(
      secretProperties,
      (properties, context) => {
        const { GenerateSecretString, SecretString } = properties;
        if (GenerateSecretString && SecretString !== undefined) {
          throw new AwsError(
            'InvalidRequest',
            'You can specify either GenerateSecretString or SecretString, not both',
          );
        }
        // Without either, CloudFormation creates a secret with an empty value.
        const secretString = GenerateSecretString
          ? generated(GenerateSecretString, world.random)
          : (SecretString ?? '');
        const { secret } = model.create({
          name: properties.Name ?? context.generatedName(512),
          description: properties.Description,
          kmsKeyId: properties.KmsKeyId,
          secretString,
          tags: new Map((properties.Tags ?? []).map(({ Key, Value }) => [Key, Value])),
        });
        return { physicalId: secret.arn, attributes: { Id: secret.arn } };
      },
      {
        replacedBy: ['Name'],
        nameProperty: 'Name',
        async update({ physicalId: SecretId, properties, next }, context) {
          const { Description, KmsKeyId, SecretString, GenerateSecretString } = next;
          const renewed =
            GenerateSecretString &&
            !sameValue(GenerateSecretString, properties.GenerateSecretString);
          const value = renewed ? generated(GenerateSecretString, world.random) : SecretString;
          await api(
            'UpdateSecret',
            {
              SecretId,
              Description,
              KmsKeyId,
              ...(value !== undefined &&
                value !== properties.SecretString && { SecretString: value }),
            },
            context,
          );
          const { set, removed } = tagChanges(properties.Tags, next.Tags);
          if (removed.length > 0)
            await api('UntagResource', { SecretId, TagKeys: removed }, context);
          if (set.length > 0) await api('TagResource', { SecretId, Tags: set }, context);
          return undefined;
        },
        // CloudFormation leaves no recovery window.
        async delete({ physicalId: SecretId }, context) {
          await api('DeleteSecret', { SecretId, ForceDeleteWithoutRecovery: true }, context);
        },
      },
    ),
  };
}

/** The password alone, or placed under its key into the template. */
function generated(rules: z.output<typeof generateSecretString>, random: Random): string {
  const { GenerateStringKey, SecretStringTemplate } = rules;
  const password = randomPassword(rules, random);
  if (GenerateStringKey === undefined && SecretStringTemplate === undefined) return password;
  if (GenerateStringKey === undefined || SecretStringTemplate === undefined) {
    throw new AwsError(
      'InvalidRequest',
      'GenerateStringKey and SecretStringTemplate go together in GenerateSecretString',
    );
  }
  const template: unknown = JSON.parse(SecretStringTemplate);
  return JSON.stringify({ ...(template as object), [GenerateStringKey]: password });
}
