import { z } from 'zod';
import { cfnBoolean, cfnJson, cfnTags } from '../cloudformation/property-schemas.ts';
import { type ResourceProviders, resource } from '../cloudformation/resource-provider.ts';
import { serviceApi } from '../cloudformation/service-api.ts';
import type { World } from '../core/world.ts';
import { repositoryArn, repositoryUri } from './describe-repository.ts';
import type { EcrModel } from './model.ts';
import { readTagMutability } from './tag-mutability.ts';
import { ecrWire } from './wire.ts';

const mutability = [
  'MUTABLE',
  'IMMUTABLE',
  'MUTABLE_WITH_EXCLUSION',
  'IMMUTABLE_WITH_EXCLUSION',
] as const;

const repositoryProperties = z.strictObject({
  RepositoryName: z.string().optional(),
  ImageTagMutability: z.enum(mutability).optional(),
  ImageTagMutabilityExclusionFilters: z
    .array(
      z.strictObject({
        ImageTagMutabilityExclusionFilterType: z.literal('WILDCARD'),
        ImageTagMutabilityExclusionFilterValue: z.string(),
      }),
    )
    .optional(),
  /** Stored and shown; nothing is scanned. */
  ImageScanningConfiguration: z.strictObject({ ScanOnPush: cfnBoolean.optional() }).optional(),
  EncryptionConfiguration: z
    .strictObject({
      EncryptionType: z.enum(['AES256', 'KMS', 'KMS_DSSE']),
      KmsKey: z.string().optional(),
    })
    .optional(),
  LifecyclePolicy: z
    .strictObject({ LifecyclePolicyText: z.string(), RegistryId: z.string().optional() })
    .optional(),
  RepositoryPolicyText: z.union([cfnJson, z.string()]).optional(),
  EmptyOnDelete: cfnBoolean.optional(),
  Tags: cfnTags,
});

function mutabilityOf(properties: z.output<typeof repositoryProperties>) {
  return readTagMutability({
    imageTagMutability: properties.ImageTagMutability,
    imageTagMutabilityExclusionFilters: properties.ImageTagMutabilityExclusionFilters?.map(
      (filter) => ({
        filterType: filter.ImageTagMutabilityExclusionFilterType,
        filter: filter.ImageTagMutabilityExclusionFilterValue,
      }),
    ),
  });
}

/** A repository that holds images refuses its deletion, unless EmptyOnDelete is set. */
export function ecrResources(model: EcrModel, world: World): ResourceProviders {
  const api = serviceApi(() => ecrWire(model, world));
  return {
    'AWS::ECR::Repository': resource(
      repositoryProperties,
      (properties, context) => {
        // CloudFormation lower-cases the names it generates for repositories.
        const name = properties.RepositoryName ?? context.generatedName(256).toLowerCase();
        const policy = properties.RepositoryPolicyText;
        const encryption = properties.EncryptionConfiguration;
        const repository = model.repositories.create(name, {
          mutability: mutabilityOf(properties),
          scanOnPush: properties.ImageScanningConfiguration?.ScanOnPush ?? false,
          resourceTags: properties.Tags ?? [],
          ...(encryption && {
            encryption: { encryptionType: encryption.EncryptionType, kmsKey: encryption.KmsKey },
          }),
          policyText: typeof policy === 'object' ? JSON.stringify(policy) : policy,
        });
        model.lifecycle.put(repository, properties.LifecyclePolicy?.LifecyclePolicyText);
        return {
          physicalId: name,
          attributes: {
            Arn: repositoryArn(world, name),
            RepositoryUri: repositoryUri(world, name),
          },
        };
      },
      {
        replacedBy: ['EncryptionConfiguration', 'RepositoryName'],
        nameProperty: 'RepositoryName',
        update({ physicalId, next }) {
          const repository = model.repositories.get(physicalId);
          const policy = next.RepositoryPolicyText;
          repository.mutability = mutabilityOf(next);
          repository.scanOnPush = next.ImageScanningConfiguration?.ScanOnPush ?? false;
          Object.assign(repository.options, {
            resourceTags: next.Tags ?? [],
            policyText: typeof policy === 'object' ? JSON.stringify(policy) : policy,
          });
          model.lifecycle.put(repository, next.LifecyclePolicy?.LifecyclePolicyText);
          return undefined;
        },
        async delete({ physicalId: repositoryName, properties }, context) {
          const force = properties.EmptyOnDelete ?? false;
          await api('DeleteRepository', { repositoryName, force }, context);
        },
      },
    ),
  };
}
