import type {
  DeleteRepositoryPolicyCommandInput,
  DeleteRepositoryPolicyCommandOutput,
  GetRepositoryPolicyCommandInput,
  GetRepositoryPolicyCommandOutput,
  SetRepositoryPolicyCommandInput,
  SetRepositoryPolicyCommandOutput,
} from '@aws-sdk/client-ecr';
import { operation, type WireOperation } from '../wire/operation.ts';
import { ecrErrors } from './ecr-errors.ts';
import type { EcrModel } from './model.ts';
import type { Repository } from './repository.ts';

/** What sets and shows repository policies; calls are held against them (authorization.ts). */
export function policyOperations({
  repositories,
}: EcrModel): Readonly<Record<string, WireOperation>> {
  const shown = ({ address, options }: Repository) => {
    const { policyText } = options;
    if (!policyText) throw ecrErrors.repositoryPolicyNotFound(address);
    return { registryId: address.registryId, repositoryName: address.name, policyText };
  };
  return {
    GetRepositoryPolicy: operation<
      GetRepositoryPolicyCommandInput,
      GetRepositoryPolicyCommandOutput
    >(['registryId', 'repositoryName'], ({ repositoryName, registryId }) =>
      shown(repositories.get(repositoryName, registryId)),
    ),
    // `force` matters only to a policy that would keep its author out, which nobody checks here.
    SetRepositoryPolicy: operation<
      SetRepositoryPolicyCommandInput,
      SetRepositoryPolicyCommandOutput
    >(
      ['registryId', 'repositoryName', 'policyText', 'force'],
      ({ repositoryName, registryId, policyText = '' }) => {
        const repository = repositories.get(repositoryName, registryId);
        checkPolicyText(policyText, 'repository');
        repository.options.policyText = policyText;
        return shown(repository);
      },
    ),
    DeleteRepositoryPolicy: operation<
      DeleteRepositoryPolicyCommandInput,
      DeleteRepositoryPolicyCommandOutput
    >(['registryId', 'repositoryName'], ({ repositoryName, registryId }) => {
      const repository = repositories.get(repositoryName, registryId);
      const deleted = shown(repository);
      repository.options.policyText = undefined;
      return deleted;
    }),
  };
}

/** Throws AwsError InvalidParameterException as Terraform, which tries again, looks for it. */
export function checkPolicyText(text: string, of: 'repository' | 'registry'): void {
  const statements = statementsOf(text);
  if (statements.length > 0 && statements.every(isStatement)) return;
  throw ecrErrors.invalidParameterAt('PolicyText', `Invalid ${of} policy provided`);
}

function isStatement(value: unknown): boolean {
  const { Effect, Principal, NotPrincipal, Action, NotAction } = (value ?? {}) as Record<
    string,
    unknown
  >;
  return (
    (Effect === 'Allow' || Effect === 'Deny') &&
    (Principal ?? NotPrincipal) !== undefined &&
    (Action ?? NotAction) !== undefined
  );
}

function statementsOf(text: string): unknown[] {
  try {
    const { Statement } = JSON.parse(text) as { Statement?: unknown };
    return Array.isArray(Statement) ? Statement : [Statement];
  } catch {
    return [];
  }
}
