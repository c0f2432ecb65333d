import { DescribeSecretCommand, type SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { paginateDescribeParameters, type SSMClient } from '@aws-sdk/client-ssm';
import type { SecretCatalogue } from '../core/ports/secret-catalogue.ts';
import { awsErrorName, callAws } from './aws-errors.ts';

/** Values that one filter of DescribeParameters takes, and parameters on one page (SSM model). */
const namesPerCall = 50;

/** Secrets Manager and Parameter Store through the two calls that never see a value. */
export function secretCatalogue(
  secretsManager: SecretsManagerClient,
  ssm: SSMClient,
  signal?: AbortSignal,
): SecretCatalogue {
  const options = signal === undefined ? {} : { abortSignal: signal };
  return {
    async describeSecret(id) {
      try {
        const { DeletedDate, VersionIdsToStages = {} } = await callAws(
          { action: 'secretsmanager:DescribeSecret', resource: id },
          () => secretsManager.send(new DescribeSecretCommand({ SecretId: id }), options),
        );
        return { deletedAtMs: DeletedDate?.getTime(), versions: VersionIdsToStages };
      } catch (error) {
        if (awsErrorName(error) === 'ResourceNotFoundException') return undefined;
        throw error;
      }
    },

    async existingParameters(names) {
      const found: string[] = [];
      for (let from = 0; from < names.length; from += namesPerCall) {
        const wanted = names.slice(from, from + namesPerCall);
        const request = {
          ParameterFilters: [{ Key: 'Name', Option: 'Equals', Values: wanted }],
          MaxResults: namesPerCall,
        };
        await callAws(
          { action: 'ssm:DescribeParameters', resource: wanted.join(', ') },
          async () => {
            for await (const page of paginateDescribeParameters(
              { client: ssm },
              request,
              options,
            )) {
              found.push(...(page.Parameters ?? []).flatMap(({ Name }) => Name ?? []));
            }
          },
        );
      }
      return found;
    },
  };
}
