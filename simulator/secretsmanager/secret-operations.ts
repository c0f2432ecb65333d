import type {
  CreateSecretCommandInput,
  CreateSecretCommandOutput,
  DeleteSecretCommandInput,
  DeleteSecretCommandOutput,
  DescribeSecretCommandInput,
  DescribeSecretCommandOutput,
  ListSecretsCommandInput,
  ListSecretsCommandOutput,
  RestoreSecretCommandInput,
  RestoreSecretCommandOutput,
  SecretListEntry,
  TagResourceCommandInput,
  TagResourceCommandOutput,
  UntagResourceCommandInput,
  UntagResourceCommandOutput,
  UpdateSecretCommandInput,
  UpdateSecretCommandOutput,
} from '@aws-sdk/client-secrets-manager';
import { AwsError } from '../core/aws-error.ts';
import { pageOf } from '../core/page.ts';
import { operation, type WireOperation } from '../wire/operation.ts';
import type { SecretsManagerModel } from './model.ts';
import type { Secret } from './secret.ts';
import { invalidParameter } from './secret-errors.ts';
import { secretFilter } from './secret-filter.ts';

const dayMs = 86_400_000;

/** Operations on secrets as a whole. */
export function secretOperations(model: SecretsManagerModel): Record<string, WireOperation> {
  return {
    CreateSecret: operation<CreateSecretCommandInput, CreateSecretCommandOutput>(
      [
        'Name',
        'ClientRequestToken',
        'Description',
        'KmsKeyId',
        'SecretBinary',
        'SecretString',
        'Tags',
      ],
      (input) => {
        const { secret, version } = model.create({
          name: input.Name ?? '',
          clientRequestToken: input.ClientRequestToken,
          description: input.Description,
          kmsKeyId: input.KmsKeyId,
          secretBinary: input.SecretBinary,
          secretString: input.SecretString,
          tags: new Map((input.Tags ?? []).map(({ Key = '', Value = '' }) => [Key, Value])),
        });
        return { ...named(secret), ...(version && { VersionId: version.versionId }) };
      },
    ),
    UpdateSecret: operation<UpdateSecretCommandInput, UpdateSecretCommandOutput>(
      ['SecretId', 'ClientRequestToken', 'Description', 'KmsKeyId', 'SecretBinary', 'SecretString'],
      (input) => {
        const secret = model.requireLive(input.SecretId ?? '');
        const { SecretBinary, SecretString } = input;
        const version =
          SecretBinary !== undefined || SecretString !== undefined
            ? model.putValue(secret, {
                secretBinary: SecretBinary,
                secretString: SecretString,
                clientRequestToken: input.ClientRequestToken,
              })
            : undefined;
        if (input.Description !== undefined) secret.description = input.Description;
        if (input.KmsKeyId !== undefined) secret.kmsKeyId = input.KmsKeyId;
        return { ...named(secret), ...(version && { VersionId: version.versionId }) };
      },
    ),
    DescribeSecret: operation<DescribeSecretCommandInput, DescribeSecretCommandOutput>(
      ['SecretId'],
      ({ SecretId = '' }) => {
        const secret = model.require(SecretId);
        const staged = secret.versions.filter(({ stages }) => stages.size > 0);
        const VersionIdsToStages = Object.fromEntries(
          staged.map(({ versionId, stages }) => [versionId, [...stages]]),
        );
        return { ...facts(secret), ...(staged.length > 0 && { VersionIdsToStages }) };
      },
    ),
    ListSecrets: operation<ListSecretsCommandInput, ListSecretsCommandOutput>(
      ['Filters', 'IncludePlannedDeletion', 'MaxResults', 'NextToken', 'SortOrder'],
      (input) => {
        const { IncludePlannedDeletion = false, MaxResults = 100, SortOrder = 'desc' } = input;
        const fits = secretFilter(input.Filters);
        const found = model
          .list()
          .filter(({ deletionAtMs }) => IncludePlannedDeletion || deletionAtMs === undefined)
          .filter(fits);
        if (SortOrder === 'desc') found.reverse();
        const { items, next } = pageOf(found, {
          token: input.NextToken,
          size: Math.min(Math.max(MaxResults, 1), 100),
          refuse: () => new AwsError('InvalidNextTokenException', 'Invalid token.'),
        });
        const SecretList = items.map((secret): SecretListEntry => {
          const staged = secret.versions.filter(({ stages }) => stages.size > 0);
          return {
            ...facts(secret),
            SecretVersionsToStages: Object.fromEntries(
              staged.map(({ versionId, stages }) => [versionId, [...stages]]),
            ),
          };
        });
        return { SecretList, ...(next !== undefined && { NextToken: next }) };
      },
    ),
    DeleteSecret: operation<DeleteSecretCommandInput, DeleteSecretCommandOutput>(
      ['SecretId', 'RecoveryWindowInDays', 'ForceDeleteWithoutRecovery'],
      ({ SecretId = '', RecoveryWindowInDays, ForceDeleteWithoutRecovery = false }) => {
        if (ForceDeleteWithoutRecovery && RecoveryWindowInDays !== undefined) {
          throw invalidParameter(
            "You can't use ForceDeleteWithoutRecovery in conjunction with RecoveryWindowInDays.",
          );
        }
        const days = RecoveryWindowInDays ?? 30;
        if (days < 7 || days > 30) {
          throw invalidParameter(
            'The RecoveryWindowInDays value must be between 7 and 30 days (inclusive).',
          );
        }
        const forced = ForceDeleteWithoutRecovery ? model.find(SecretId) : undefined;
        // One that is gone or never was is no error then [model ForceDeleteWithoutRecovery].
        if (ForceDeleteWithoutRecovery && !forced) return model.absent(SecretId);
        const secret = forced ?? model.requireLive(SecretId);
        const deletionAtMs = model.delete(secret, ForceDeleteWithoutRecovery ? 0 : days);
        return { ...named(secret), DeletionDate: new Date(deletionAtMs) };
      },
    ),
    RestoreSecret: operation<RestoreSecretCommandInput, RestoreSecretCommandOutput>(
      ['SecretId'],
      ({ SecretId = '' }) => {
        const secret = model.require(SecretId);
        secret.deletionAtMs = undefined;
        return named(secret);
      },
    ),
    TagResource: operation<TagResourceCommandInput, TagResourceCommandOutput>(
      ['SecretId', 'Tags'],
      ({ SecretId = '', Tags = [] }) => {
        const { tags } = model.requireLive(SecretId);
        for (const { Key = '', Value = '' } of Tags) tags.set(Key, Value);
        return {};
      },
    ),
    UntagResource: operation<UntagResourceCommandInput, UntagResourceCommandOutput>(
      ['SecretId', 'TagKeys'],
      ({ SecretId = '', TagKeys = [] }) => {
        const { tags } = model.requireLive(SecretId);
        for (const key of TagKeys) tags.delete(key);
        return {};
      },
    ),
  };
}

function named({ arn, name }: Secret): { ARN: string; Name: string } {
  return { ARN: arn, Name: name };
}

function facts(secret: Secret): Omit<SecretListEntry, 'SecretVersionsToStages'> {
  const { description, kmsKeyId, accessedAtMs, deletionAtMs, tags } = secret;
  return {
    ...named(secret),
    ...(description !== undefined && { Description: description }),
    ...(kmsKeyId !== undefined && { KmsKeyId: kmsKeyId }),
    LastChangedDate: new Date(secret.changedAtMs),
    // Only the day of the last access is kept.
    ...(accessedAtMs !== undefined && {
      LastAccessedDate: new Date(Math.floor(accessedAtMs / dayMs) * dayMs),
    }),
    ...(deletionAtMs !== undefined && { DeletedDate: new Date(deletionAtMs) }),
    ...(tags.size > 0 && { Tags: [...tags].map(([Key, Value]) => ({ Key, Value })) }),
    CreatedDate: new Date(secret.createdAtMs),
  };
}
