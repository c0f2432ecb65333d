import type { Identity } from '../core/arns.ts';
import {
  anyResource,
  type RequestMembers,
  requestTagKeys,
  type ServiceAuthorization,
  sameNeeds,
  tagging,
  tagKeys,
  text,
  texts,
} from '../wire/authorization.ts';

/** Actions on Amazon ECR: its page in the Service Authorization Reference. */
export function ecrAuthorization(
  { region, accountId }: Identity,
  policyOf: (repositoryName: string) => string | undefined = () => undefined,
): ServiceAuthorization {
  const repository = (name: unknown, registry?: unknown) =>
    `arn:aws:ecr:${region}:${text(registry) || accountId}:repository/${text(name)}`;
  const ofRepository = (input: RequestMembers) => ({
    resource: repository(input.repositoryName, input.registryId),
    resourcePolicy: policyOf(text(input.repositoryName)),
  });
  return {
    prefix: 'ecr',
    operations: {
      ...anyResource(
        'GetAuthorizationToken',
        'GetRegistryScanningConfiguration',
        'PutRegistryScanningConfiguration',
        'DeleteRegistryPolicy',
        'DescribeRegistry',
        'GetRegistryPolicy',
        'PutRegistryPolicy',
        'PutReplicationConfiguration',
        'DescribePullThroughCacheRules',
        'GetAccountSetting',
        'PutAccountSetting',
      ),
      ...sameNeeds(
        ofRepository,
        'BatchCheckLayerAvailability',
        'BatchDeleteImage',
        'BatchGetImage',
        'CompleteLayerUpload',
        'DeleteLifecyclePolicy',
        'DeleteRepository',
        'DeleteRepositoryPolicy',
        'DescribeImageReplicationStatus',
        'DescribeImageScanFindings',
        'DescribeImages',
        'GetDownloadUrlForLayer',
        'GetLifecyclePolicy',
        'GetLifecyclePolicyPreview',
        'GetRepositoryPolicy',
        'InitiateLayerUpload',
        'ListImages',
        'PutImage',
        'PutImageScanningConfiguration',
        'PutImageTagMutability',
        'PutLifecyclePolicy',
        'SetRepositoryPolicy',
        'StartImageScan',
        'StartLifecyclePolicyPreview',
        'UploadLayerPart',
      ),
      // There is no action of its own name (API reference, ListImageReferrers).
      ListImageReferrers: (input) => ({ ...ofRepository(input), action: 'ecr:BatchGetImage' }),
      CreateRepository: (input) => [
        { ...ofRepository(input), keys: requestTagKeys(input.tags) },
        ...tagging('ecr:TagResource', ofRepository(input).resource, input.tags),
      ],
      DescribeRepositories: (input) => {
        const names = texts(input.repositoryNames);
        return (names.length > 0 ? names : ['*']).map((name) => ({
          resource: repository(name, input.registryId),
        }));
      },
      BatchGetRepositoryScanningConfiguration: (input) =>
        texts(input.repositoryNames).map((name) => ({ resource: repository(name) })),
      ListTagsForResource: (input) => ({ resource: text(input.resourceArn) }),
      TagResource: (input) => ({
        resource: text(input.resourceArn),
        keys: requestTagKeys(input.tags),
      }),
      UntagResource: (input) => ({
        resource: text(input.resourceArn),
        keys: tagKeys(input.tagKeys),
      }),
    },
  };
}
