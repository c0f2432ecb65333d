import type {
  CreateRepositoryCommandInput,
  CreateRepositoryCommandOutput,
  DeleteRepositoryCommandInput,
  DeleteRepositoryCommandOutput,
  DescribeRepositoriesCommandInput,
  DescribeRepositoriesCommandOutput,
  PutImageTagMutabilityCommandInput,
  PutImageTagMutabilityCommandOutput,
} from '@aws-sdk/client-ecr';
import type { World } from '../core/world.ts';
import { operation, type WireOperation } from '../wire/operation.ts';
import { describeRepository } from './describe-repository.ts';
import { ecrErrors } from './ecr-errors.ts';
import type { EcrModel } from './model.ts';
import { pageOf } from './paging.ts';
import { describeTagMutability, readTagMutability } from './tag-mutability.ts';

export function repositoryOperations(
  model: EcrModel,
  world: World,
): Readonly<Record<string, WireOperation>> {
  const { repositories } = model;
  const { accountId } = world.identity;
  return {
    CreateRepository: operation<CreateRepositoryCommandInput, CreateRepositoryCommandOutput>(
      [
        'registryId',
        'repositoryName',
        'tags',
        'imageTagMutability',
        'imageTagMutabilityExclusionFilters',
        'imageScanningConfiguration',
        'encryptionConfiguration',
      ],
      (input) => {
        requireOwnRegistry(input.registryId, accountId);
        const repository = repositories.create(input.repositoryName ?? '', {
          mutability: readTagMutability(input),
          scanOnPush: input.imageScanningConfiguration?.scanOnPush ?? false,
          resourceTags: input.tags ?? [],
          ...(input.encryptionConfiguration && { encryption: input.encryptionConfiguration }),
        });
        return { repository: describeRepository(world, repository) };
      },
    ),
    DeleteRepository: operation<DeleteRepositoryCommandInput, DeleteRepositoryCommandOutput>(
      ['registryId', 'repositoryName', 'force'],
      ({ repositoryName, registryId, force = false }) => {
        const repository = repositories.get(repositoryName, registryId);
        model.deleteRepository(repository, force);
        return { repository: describeRepository(world, repository) };
      },
    ),
    DescribeRepositories: operation<
      DescribeRepositoriesCommandInput,
      DescribeRepositoriesCommandOutput
    >(['registryId', 'repositoryNames', 'nextToken', 'maxResults'], (input) => {
      const { registryId, repositoryNames } = input;
      if (!repositoryNames) {
        requireOwnRegistry(registryId, accountId);
        const { items, nextToken } = pageOf(repositories.list(), input);
        return {
          repositories: items.map((repository) => describeRepository(world, repository)),
          ...(nextToken && { nextToken }),
        };
      }
      if (input.nextToken !== undefined || input.maxResults !== undefined) {
        throw ecrErrors.invalidParameter(
          "'nextToken' and 'maxResults' cannot be used with 'repositoryNames'",
        );
      }
      const named = repositoryNames.map((name) => repositories.get(name, registryId));
      return { repositories: named.map((repository) => describeRepository(world, repository)) };
    }),
    PutImageTagMutability: operation<
      PutImageTagMutabilityCommandInput,
      PutImageTagMutabilityCommandOutput
    >(
      ['registryId', 'repositoryName', 'imageTagMutability', 'imageTagMutabilityExclusionFilters'],
      (input) => {
        const repository = repositories.get(input.repositoryName, input.registryId);
        repository.mutability = readTagMutability(input);
        const { name: repositoryName, registryId } = repository.address;
        return { registryId, repositoryName, ...describeTagMutability(repository.mutability) };
      },
    ),
  };
}

/** Throws AwsError: the simulator has one registry, that of its own account. */
function requireOwnRegistry(registryId: string | undefined, accountId: string): void {
  if (registryId !== undefined && registryId !== accountId) {
    throw ecrErrors.invalidParameter(`'${registryId}' at 'registryId' is not ${accountId}`);
  }
}
