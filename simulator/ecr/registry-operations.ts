import type {
  DeleteRegistryPolicyCommandInput,
  DeleteRegistryPolicyCommandOutput,
  DescribeImageReplicationStatusCommandInput,
  DescribeImageReplicationStatusCommandOutput,
  DescribePullThroughCacheRulesCommandInput,
  DescribePullThroughCacheRulesCommandOutput,
  DescribeRegistryCommandInput,
  DescribeRegistryCommandOutput,
  GetRegistryPolicyCommandInput,
  GetRegistryPolicyCommandOutput,
  PutRegistryPolicyCommandInput,
  PutRegistryPolicyCommandOutput,
  PutReplicationConfigurationCommandInput,
  PutReplicationConfigurationCommandOutput,
} from '@aws-sdk/client-ecr';
import { AwsError } from '../core/aws-error.ts';
import type { World } from '../core/world.ts';
import { operation, type WireOperation } from '../wire/operation.ts';
import type { EcrModel } from './model.ts';
import { checkPolicyText } from './policy-operations.ts';
import { requireImage } from './read-images.ts';

/**
 * Operations on the registry as a whole. One Region is simulated: images do not leave it, so that replication rules
 * are refused; those that arrive from another Region come through the control API.
 */
export function registryOperations(
  model: EcrModel,
  world: World,
): Readonly<Record<string, WireOperation>> {
  const registryId = world.identity.accountId;
  const policy = () => {
    const policyText = model.registryPolicyText;
    if (policyText) return { registryId, policyText };
    throw new AwsError(
      'RegistryPolicyNotFoundException',
      `Registry policy does not exist in the registry with id '${registryId}'`,
    );
  };
  return {
    DescribeRegistry: operation<DescribeRegistryCommandInput, DescribeRegistryCommandOutput>(
      [],
      () => ({ registryId, replicationConfiguration: { rules: [] } }),
    ),
    PutReplicationConfiguration: operation<
      PutReplicationConfigurationCommandInput,
      PutReplicationConfigurationCommandOutput
    >(['replicationConfiguration'], ({ replicationConfiguration }) => {
      if (replicationConfiguration?.rules?.length) {
        throw new AwsError(
          'NotImplemented',
          'Replication to other Regions and accounts is not simulated; what arrives from them is stated with POST /_greengate/replicated-images',
          { status: 501 },
        );
      }
      return { replicationConfiguration: { rules: [] } };
    }),
    DescribeImageReplicationStatus: operation<
      DescribeImageReplicationStatusCommandInput,
      DescribeImageReplicationStatusCommandOutput
    >(['registryId', 'repositoryName', 'imageId'], ({ imageId = {}, ...input }) => {
      const repository = model.repositories.get(input.repositoryName, input.registryId);
      requireImage(repository, imageId);
      return { repositoryName: repository.address.name, imageId, replicationStatuses: [] };
    }),
    // Caches are not modelled, so that there are none.
    DescribePullThroughCacheRules: operation<
      DescribePullThroughCacheRulesCommandInput,
      DescribePullThroughCacheRulesCommandOutput
    >(['registryId'], () => ({ pullThroughCacheRules: [] })),
    GetRegistryPolicy: operation<GetRegistryPolicyCommandInput, GetRegistryPolicyCommandOutput>(
      [],
      policy,
    ),
    // Kept and shown: it lets other accounts replicate, of which there are none.
    PutRegistryPolicy: operation<PutRegistryPolicyCommandInput, PutRegistryPolicyCommandOutput>(
      ['policyText'],
      ({ policyText = '' }) => {
        checkPolicyText(policyText, 'registry');
        model.registryPolicyText = policyText;
        return policy();
      },
    ),
    DeleteRegistryPolicy: operation<
      DeleteRegistryPolicyCommandInput,
      DeleteRegistryPolicyCommandOutput
    >([], () => {
      const deleted = policy();
      model.registryPolicyText = undefined;
      return deleted;
    }),
  };
}
