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
} from '../wire/authorization.ts';

/** Actions on Secrets Manager: a secret is judged by its full ARN, whatever names it. */
export function secretsManagerAuthorization(
  { region, accountId }: Identity,
  arnOf: (secretId: string) => string | undefined,
  policyOf: (secretId: string) => string | undefined = () => undefined,
): ServiceAuthorization {
  const secret = (id: string) =>
    arnOf(id) ??
    (id.startsWith('arn:') ? id : `arn:aws:secretsmanager:${region}:${accountId}:secret:${id}`);
  const onSecret = (input: RequestMembers) => ({
    resource: secret(text(input.SecretId)),
    resourcePolicy: policyOf(text(input.SecretId)),
    keys: {
      'secretsmanager:VersionId': text(input.VersionId) || undefined,
      'secretsmanager:VersionStage': text(input.VersionStage) || undefined,
    },
  });
  return {
    prefix: 'secretsmanager',
    operations: {
      ...anyResource('GetRandomPassword', 'ListSecrets'),
      CreateSecret: (input) => {
        // The random suffix is not known before.
        const resource = `arn:aws:secretsmanager:${region}:${accountId}:secret:${text(input.Name)}-??????`;
        const keys = { ...requestTagKeys(input.Tags), 'secretsmanager:Name': text(input.Name) };
        return [{ resource, keys }, ...tagging('secretsmanager:TagResource', resource, input.Tags)];
      },
      GetSecretValue: (input) => ({
        ...onSecret(input),
        keys: {
          ...onSecret(input).keys,
          'secretsmanager:VersionStage':
            text(input.VersionStage) || (text(input.VersionId) ? undefined : 'AWSCURRENT'),
        },
      }),
      ...sameNeeds(
        onSecret,
        'CancelRotateSecret',
        'DeleteResourcePolicy',
        'DeleteSecret',
        'DescribeSecret',
        'GetResourcePolicy',
        'ListSecretVersionIds',
        'PutResourcePolicy',
        'PutSecretValue',
        'RestoreSecret',
        'RotateSecret',
        'UpdateSecret',
        'UpdateSecretVersionStage',
        'ValidateResourcePolicy',
      ),
      BatchGetSecretValue: (input) => [
        { resource: '*' },
        ...(Array.isArray(input.SecretIdList) ? input.SecretIdList : []).map((id: unknown) => ({
          action: 'secretsmanager:GetSecretValue',
          resource: secret(text(id)),
        })),
      ],
      TagResource: (input) => ({ ...onSecret(input), keys: requestTagKeys(input.Tags) }),
      UntagResource: (input) => ({ ...onSecret(input), keys: tagKeys(input.TagKeys) }),
    },
  };
}
