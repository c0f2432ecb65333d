import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { ResourceContext } from '../../../simulator/cloudformation/resource-provider.ts';
import { ecrResources } from '../../../simulator/ecr/resources.ts';
import { type EcrBench, openEcrBench } from './ecr-bench.ts';
import { pushTestImage, testImage } from './pushed-image.ts';

describe('repositories', () => {
  let bench: EcrBench;

  beforeEach(async () => {
    bench = await openEcrBench();
  });
  afterEach(() => bench.stop());

  const failsWith = (code: string) => expect.objectContaining({ name: 'AwsError', code });
  const names = async (input: object = {}) => {
    const { repositories } = await bench.call('DescribeRepositories', input);
    return (repositories as { repositoryName: string }[]).map(
      ({ repositoryName }) => repositoryName,
    );
  };

  it('are described with ARN and URI as AWS forms them', async () => {
    const created = await bench.call('CreateRepository', {
      repositoryName: 'team/shop',
      imageTagMutability: 'IMMUTABLE',
      imageScanningConfiguration: { scanOnPush: true },
    });

    expect(created.repository).toEqual({
      repositoryArn: 'arn:aws:ecr:eu-west-1:111122223333:repository/team/shop',
      registryId: '111122223333',
      repositoryName: 'team/shop',
      repositoryUri: '111122223333.dkr.ecr.eu-west-1.amazonaws.com/team/shop',
      createdAt: expect.any(Date),
      imageTagMutability: 'IMMUTABLE',
      imageScanningConfiguration: { scanOnPush: true },
      encryptionConfiguration: { encryptionType: 'AES256' },
    });
    await expect(bench.call('CreateRepository', { repositoryName: 'team/shop' })).rejects.toEqual(
      failsWith('RepositoryAlreadyExistsException'),
    );
  });

  // The expression as two public recordings of CreateRepository quote it.
  const expression = String.raw`must satisfy regular expression '[a-z0-9]+((\.|_|__|-+)[a-z0-9]+)*(/[a-z0-9]+((\.|_|__|-+)[a-z0-9]+)*)*'`;

  it.each([
    ['Shop', expression],
    ['a', 'must have length greater than or equal to 2'],
    [`a${'b'.repeat(256)}`, 'must have length less than or equal to 256'],
    ...['team//shop', '/shop', 'shop/', 'sh op', '../etc', 'a/.b', 'a___b', 'a_-b', 'a..b'].map(
      (name) => [name, expression],
    ),
  ])('are not created under the name %j', async (repositoryName, constraint) => {
    await expect(bench.call('CreateRepository', { repositoryName })).rejects.toMatchObject({
      code: 'InvalidParameterException',
      message: `Invalid parameter at 'repositoryName' failed to satisfy constraint: '${constraint}'`,
    });
  });

  it.each(['a__b', 'a--b', 'a---b', 'team/a__b', '1a.b'])(
    'are created, and reached through the registry, under the name %j',
    async (repositoryName) => {
      const { repository } = await bench.call('CreateRepository', { repositoryName });

      expect(repository).toMatchObject({ repositoryName });
      const tags = await fetch(`${bench.registry}/v2/${repositoryName}/tags/list`);
      expect(await tags.json()).toEqual({ name: repositoryName, tags: [] });
    },
  );

  it.each([
    [{ imageTagMutability: 'IMMUTABLE_WITH_EXCLUSION' }],
    [{ imageTagMutabilityExclusionFilters: [{ filterType: 'WILDCARD', filter: 'a*' }] }],
    [
      {
        imageTagMutability: 'MUTABLE_WITH_EXCLUSION',
        imageTagMutabilityExclusionFilters: [{ filterType: 'WILDCARD', filter: '(' }],
      },
    ],
    [
      {
        imageTagMutability: 'IMMUTABLE_WITH_EXCLUSION',
        imageTagMutabilityExclusionFilters: [{ filterType: 'WILDCARD', filter: 'a*b*c*d' }],
      },
    ],
    [
      {
        imageTagMutability: 'MUTABLE_WITH_EXCLUSION',
        imageTagMutabilityExclusionFilters: Array(6).fill({ filterType: 'WILDCARD', filter: 'a' }),
      },
    ],
  ])('are not created with contradictory tag mutability %j', async (input) => {
    await expect(
      bench.call('CreateRepository', { repositoryName: 'team/shop', ...input }),
    ).rejects.toEqual(failsWith('InvalidParameterException'));
  });

  it('are listed by name, page by page, or as asked', async () => {
    for (const name of ['shop/c', 'shop/a', 'shop/b']) bench.model.ensureRepository(name);

    const page = await bench.call('DescribeRepositories', { maxResults: 2 });

    expect(await names()).toEqual(['shop/a', 'shop/b', 'shop/c']);
    expect(await names({ nextToken: page.nextToken })).toEqual(['shop/c']);
    expect(await names({ repositoryNames: ['shop/b'] })).toEqual(['shop/b']);
    await expect(names({ repositoryNames: ['shop/x'] })).rejects.toEqual(
      failsWith('RepositoryNotFoundException'),
    );
    await expect(names({ repositoryNames: ['shop/b'], maxResults: 1 })).rejects.toEqual(
      failsWith('InvalidParameterException'),
    );
  });

  it('are deleted with images only by force, and their layers with them', async () => {
    bench.model.ensureRepository('team/shop');
    bench.model.ensureRepository('team/copy');
    const image = testImage('a');
    await pushTestImage(bench, 'team/shop', image, 'v1');
    const input = { repositoryName: 'team/shop' };

    await expect(bench.call('DeleteRepository', input)).rejects.toEqual(
      failsWith('RepositoryNotEmptyException'),
    );
    const deleted = await bench.call('DeleteRepository', { ...input, force: true });

    expect(deleted.repository).toMatchObject(input);
    expect(await names()).toEqual(['team/copy']);
    await expect(bench.model.blobs.read(image.config.descriptor.digest)).rejects.toThrow('ENOENT');
  });

  it('have no policies and no tags unless the template gave some', async () => {
    bench.model.ensureRepository('team/shop');
    const input = { repositoryName: 'team/shop' };
    const resourceArn = 'arn:aws:ecr:eu-west-1:111122223333:repository/team/shop';

    await expect(bench.call('GetLifecyclePolicy', input)).rejects.toEqual(
      failsWith('LifecyclePolicyNotFoundException'),
    );
    await expect(bench.call('GetRepositoryPolicy', input)).rejects.toEqual(
      failsWith('RepositoryPolicyNotFoundException'),
    );
    expect(await bench.call('ListTagsForResource', { resourceArn })).toEqual({ tags: [] });
    await expect(bench.call('ListTagsForResource', { resourceArn: 'arn:x' })).rejects.toEqual(
      failsWith('InvalidParameterException'),
    );
  });

  it('hand out credentials for the address the registry listens on', async () => {
    const { authorizationData } = await bench.call('GetAuthorizationToken', {});

    const [data] = authorizationData as { authorizationToken: string; expiresAt: Date }[];
    expect(data).toMatchObject({ proxyEndpoint: bench.registry });
    expect(Buffer.from(data?.authorizationToken ?? '', 'base64').toString()).toMatch(/^AWS:/);
    const hours = (data?.expiresAt.getTime() ?? 0) - bench.world.clock.now();
    expect(Math.round(hours / 60_000)).toBe(12 * 60);
  });
});

const lifecyclePolicyText =
  '{"rules":[{"rulePriority":1,"selection":{"tagStatus":"any","countType":"imageCountMoreThan","countNumber":9},"action":{"type":"expire"}}]}';

describe('AWS::ECR::Repository', () => {
  let bench: EcrBench;

  beforeEach(async () => {
    bench = await openEcrBench();
  });
  afterEach(() => bench.stop());

  const provider = () => {
    const found = ecrResources(bench.model, bench.world)['AWS::ECR::Repository'];
    if (!found) throw new Error('no provider');
    return found;
  };
  const context = (): ResourceContext => ({
    world: bench.world,
    stackName: 'Sample',
    logicalId: 'Repository',
    generatedName: () => 'Sample-Repository-ABC',
  });
  const create = async (properties: object) => {
    const { properties: schema, create: run } = provider();
    return run(schema.parse(properties), context());
  };

  it('creates the repository and its attributes', async () => {
    const lifecycle = lifecyclePolicyText;

    const created = await create({
      RepositoryName: 'team/shop',
      ImageTagMutability: 'IMMUTABLE_WITH_EXCLUSION',
      ImageTagMutabilityExclusionFilters: [
        {
          ImageTagMutabilityExclusionFilterType: 'WILDCARD',
          ImageTagMutabilityExclusionFilterValue: 'dev-*',
        },
      ],
      ImageScanningConfiguration: { ScanOnPush: 'true' },
      LifecyclePolicy: { LifecyclePolicyText: lifecycle },
      RepositoryPolicyText: { Version: '2012-10-17' },
      Tags: [{ Key: 'team', Value: 'shop' }],
      EmptyOnDelete: true,
    });

    expect(created).toEqual({
      physicalId: 'team/shop',
      attributes: {
        Arn: 'arn:aws:ecr:eu-west-1:111122223333:repository/team/shop',
        RepositoryUri: '111122223333.dkr.ecr.eu-west-1.amazonaws.com/team/shop',
      },
    });
    const repositoryName = 'team/shop';
    expect(await bench.call('GetLifecyclePolicy', { repositoryName })).toMatchObject({
      lifecyclePolicyText: lifecycle,
    });
    expect(await bench.call('GetRepositoryPolicy', { repositoryName })).toMatchObject({
      policyText: '{"Version":"2012-10-17"}',
    });
    const resourceArn = created.attributes?.Arn;
    expect(await bench.call('ListTagsForResource', { resourceArn })).toEqual({
      tags: [{ Key: 'team', Value: 'shop' }],
    });
  });

  it('gets a generated name in lower case', async () => {
    expect((await create({})).physicalId).toBe('sample-repository-abc');
  });

  it('refuses a property it does not model, naming it', () => {
    const result = provider().properties.safeParse({ ReplicationConfiguration: {} });

    expect(result.error?.issues[0]?.message).toContain('ReplicationConfiguration');
  });
});
