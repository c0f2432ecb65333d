import type {
  GetRandomPasswordCommandInput,
  GetRandomPasswordCommandOutput,
  GetSecretValueCommandInput,
  GetSecretValueCommandOutput,
  ListSecretVersionIdsCommandInput,
  ListSecretVersionIdsCommandOutput,
  PutSecretValueCommandInput,
  PutSecretValueCommandOutput,
  UpdateSecretVersionStageCommandInput,
  UpdateSecretVersionStageCommandOutput,
} from '@aws-sdk/client-secrets-manager';
import type { World } from '../core/world.ts';
import { operation, type WireOperation } from '../wire/operation.ts';
import type { SecretsManagerModel } from './model.ts';
import { randomPassword } from './random-password.ts';
import { moveStage, type Secret, type SecretVersion, versionAt } from './secret.ts';
import { invalidParameter, valueNotFound } from './secret-errors.ts';

/** Operations on a secret's values, their versions and stages. */
export function valueOperations(
  model: SecretsManagerModel,
  world: World,
): Record<string, WireOperation> {
  return {
    GetSecretValue: operation<GetSecretValueCommandInput, GetSecretValueCommandOutput>(
      ['SecretId', 'VersionId', 'VersionStage'],
      ({ SecretId = '', VersionId, VersionStage }) => {
        const { secret, version } = model.select({
          secretId: SecretId,
          versionId: VersionId,
          versionStage: VersionStage,
        });
        return {
          ARN: secret.arn,
          Name: secret.name,
          VersionId: version.versionId,
          ...(version.secretString !== undefined && { SecretString: version.secretString }),
          ...(version.secretBinary !== undefined && { SecretBinary: version.secretBinary }),
          VersionStages: [...version.stages],
          CreatedDate: new Date(version.createdAtMs),
        };
      },
    ),
    PutSecretValue: operation<PutSecretValueCommandInput, PutSecretValueCommandOutput>(
      ['SecretId', 'ClientRequestToken', 'SecretBinary', 'SecretString', 'VersionStages'],
      (input) => {
        const secret = model.requireLive(input.SecretId ?? '');
        const version = model.putValue(
          secret,
          {
            secretBinary: input.SecretBinary,
            secretString: input.SecretString,
            clientRequestToken: input.ClientRequestToken,
          },
          input.VersionStages?.length ? input.VersionStages : undefined,
        );
        return {
          ARN: secret.arn,
          Name: secret.name,
          VersionId: version.versionId,
          VersionStages: [...version.stages],
        };
      },
    ),
    UpdateSecretVersionStage: operation<
      UpdateSecretVersionStageCommandInput,
      UpdateSecretVersionStageCommandOutput
    >(
      ['SecretId', 'VersionStage', 'RemoveFromVersionId', 'MoveToVersionId'],
      ({ SecretId = '', VersionStage = '', RemoveFromVersionId, MoveToVersionId }) => {
        const secret = model.requireLive(SecretId);
        const holder = versionAt(secret, VersionStage);
        if (holder && holder.versionId !== (RemoveFromVersionId ?? MoveToVersionId)) {
          throw invalidParameter(
            `The parameter RemoveFromVersionId must be ${holder.versionId}, the version that has staging label ${VersionStage}.`,
          );
        }
        if (MoveToVersionId) moveStage(secret, VersionStage, byId(secret, MoveToVersionId));
        else if (VersionStage === 'AWSCURRENT') {
          throw invalidParameter('You can only move staging label AWSCURRENT to another version.');
        } else holder?.stages.delete(VersionStage);
        return { ARN: secret.arn, Name: secret.name };
      },
    ),
    ListSecretVersionIds: operation<
      ListSecretVersionIdsCommandInput,
      ListSecretVersionIdsCommandOutput
    >(['SecretId', 'IncludeDeprecated'], ({ SecretId = '', IncludeDeprecated = false }) => {
      const secret = model.require(SecretId);
      return {
        ARN: secret.arn,
        Name: secret.name,
        Versions: secret.versions
          .filter(({ stages }) => IncludeDeprecated || stages.size > 0)
          .map(({ versionId, stages, createdAtMs }) => ({
            VersionId: versionId,
            VersionStages: [...stages],
            CreatedDate: new Date(createdAtMs),
          })),
      };
    }),
    GetRandomPassword: operation<GetRandomPasswordCommandInput, GetRandomPasswordCommandOutput>(
      [
        'PasswordLength',
        'ExcludeCharacters',
        'ExcludeNumbers',
        'ExcludePunctuation',
        'ExcludeUppercase',
        'ExcludeLowercase',
        'IncludeSpace',
        'RequireEachIncludedType',
      ],
      (input) => ({ RandomPassword: randomPassword(input, world.random) }),
    ),
  };
}

function byId(secret: Secret, versionId: string): SecretVersion {
  const found = secret.versions.find((version) => version.versionId === versionId);
  if (!found) throw valueNotFound(`VersionId: ${versionId}`);
  return found;
}
