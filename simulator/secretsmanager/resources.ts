import { z } from 'zod';
import { cfnBoolean, cfnNumber, cfnTags } from '../cloudformation/property-schemas.ts';
import { type ResourceProviders, resource } from '../cloudformation/resource-provider.ts';
import { AwsError } from '../core/aws-error.ts';
import type { Random } from '../core/random.ts';
import type { World } from '../core/world.ts';
import type { SecretsManagerModel } from './model.ts';
import { randomPassword } from './random-password.ts';

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
  return {
    'AWS::SecretsManager::Secret': resource(secretProperties, (properties, context) => {
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
    }),
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
