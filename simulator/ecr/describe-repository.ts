import type { Repository as RepositoryShape } from '@aws-sdk/client-ecr';
import { arn, registryHost } from '../core/arns.ts';
import type { World } from '../core/world.ts';
import type { Repository } from './repository.ts';
import { describeTagMutability } from './tag-mutability.ts';

export function repositoryArn(world: World, name: string): string {
  return arn(world.identity, 'ecr', `repository/${name}`);
}

/** `ACCOUNT.dkr.ecr.REGION.amazonaws.com/NAME`, what image references begin with. */
export function repositoryUri(world: World, name: string): string {
  return `${registryHost(world.identity)}/${name}`;
}

export function describeRepository(world: World, repository: Repository): RepositoryShape {
  const { address, options, mutability } = repository;
  return {
    repositoryArn: repositoryArn(world, address.name),
    registryId: address.registryId,
    repositoryName: address.name,
    repositoryUri: repositoryUri(world, address.name),
    createdAt: new Date(options.createdAtMs),
    ...describeTagMutability(mutability),
    imageScanningConfiguration: { scanOnPush: repository.scanOnPush },
    encryptionConfiguration: options.encryption,
  };
}
