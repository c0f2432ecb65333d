import { each, quota, type RequestQuota } from './request-quota.ts';

/**
 * Secrets Manager quotas: combined rates, without a burst of their own. ListSecrets has had 100 since November 2022
 * (what's new, "increases API requests per second limits"); ListSecretVersionIds keeps the 50 of before.
 */
const secretsManager: readonly RequestQuota[] = [
  quota('secrets-manager', 10_000, 10_000, ['DescribeSecret', 'GetSecretValue']),
  quota('secrets-manager', 100, 100, ['ListSecrets']),
  quota('secrets-manager', 50, 50, [
    'DeleteResourcePolicy',
    'GetResourcePolicy',
    'PutResourcePolicy',
    'ValidateResourcePolicy',
  ]),
  quota('secrets-manager', 50, 50, ['PutSecretValue', 'UpdateSecret', 'UpdateSecretVersionStage']),
  quota('secrets-manager', 50, 50, ['TagResource', 'UntagResource']),
  ...each('secrets-manager', 50, 50, [
    'CreateSecret',
    'DeleteSecret',
    'GetRandomPassword',
    'ListSecretVersionIds',
    'RestoreSecret',
  ]),
];

/** IAM and STS quotas, "STS request quotas": what is asked with credentials shares one rate; web identities have none. */
const sts: readonly RequestQuota[] = [
  quota('sts', 600, 600, [
    'AssumeRole',
    'DecodeAuthorizationMessage',
    'GetAccessKeyInfo',
    'GetCallerIdentity',
    'GetFederationToken',
    'GetSessionToken',
  ]),
];

/** AWS Certificate Manager quotas, "API rate quotas". */
const acm: readonly RequestQuota[] = [
  ...each('acm', 10, 10, [
    'DeleteCertificate',
    'DescribeCertificate',
    'GetCertificate',
    'ListTagsForCertificate',
  ]),
  ...each('acm', 8, 8, ['ListCertificates']),
  ...each('acm', 5, 5, [
    'AddTagsToCertificate',
    'RemoveTagsFromCertificate',
    'RequestCertificate',
    'UpdateCertificateOptions',
  ]),
  ...each('acm', 1, 1, ['ImportCertificate']),
];

export const credentialQuotas: readonly RequestQuota[] = [...secretsManager, ...sts, ...acm];
