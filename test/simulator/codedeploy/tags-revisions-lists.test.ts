import {
  BatchGetApplicationRevisionsCommand,
  BatchGetDeploymentsCommand,
  ListApplicationRevisionsCommand,
  ListDeploymentsCommand,
  ListTagsForResourceCommand,
  RegisterApplicationRevisionCommand,
  TagResourceCommand,
  UntagResourceCommand,
} from '@aws-sdk/client-codedeploy';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { sha256Of } from '../../../simulator/codedeploy/app-spec.ts';
import { appSpec } from './deployment-fixture.ts';
import { type ServedDeployments, serveDeployments } from './served-deployments.ts';

let served: ServedDeployments;
beforeEach(async () => {
  served = await serveDeployments();
});
afterEach(() => served.stop());

const applicationArn = 'arn:aws:codedeploy:eu-west-1:111122223333:application:shop';
const groupArn = 'arn:aws:codedeploy:eu-west-1:111122223333:deploymentgroup:shop/shop';
const tagsOf = async (ResourceArn: string) =>
  (await served.client.send(new ListTagsForResourceCommand({ ResourceArn }))).Tags;

describe('tags', () => {
  const send = (ResourceArn: string, Tags: { Key: string; Value: string }[]) =>
    served.client.send(new TagResourceCommand({ ResourceArn, Tags }));

  it('are set, replaced and removed one by one', async () => {
    await send(applicationArn, [{ Key: 'a', Value: '1' }]);
    await send(applicationArn, [
      { Key: 'a', Value: '2' },
      { Key: 'b', Value: '3' },
    ]);
    expect(await tagsOf(applicationArn)).toEqual([
      { Key: 'a', Value: '2' },
      { Key: 'b', Value: '3' },
    ]);
    await served.client.send(
      new UntagResourceCommand({ ResourceArn: applicationArn, TagKeys: ['a'] }),
    );
    expect(await tagsOf(applicationArn)).toEqual([{ Key: 'b', Value: '3' }]);
  });

  it('want at least one', async () => {
    const error = { name: 'TagRequiredException' };
    await expect(send(groupArn, [])).rejects.toMatchObject(error);
    await expect(
      served.client.send(new UntagResourceCommand({ ResourceArn: groupArn, TagKeys: [] })),
    ).rejects.toMatchObject(error);
  });

  it.each([
    ['nonsense', 'InvalidArnException'],
    [applicationArn.replace(':shop', ':x'), 'ApplicationDoesNotExistException'],
    [groupArn.replace('/shop', '/x'), 'DeploymentGroupDoesNotExistException'],
    [applicationArn.replace('application', 'deploymentconfig'), 'ArnNotSupportedException'],
  ])('of %s are refused with %s', async (arn, name) => {
    await expect(send(arn, [{ Key: 'a', Value: '1' }])).rejects.toMatchObject({ name });
  });
});

describe('revisions', () => {
  const register = (content: string, description?: string) =>
    served.client.send(
      new RegisterApplicationRevisionCommand({
        applicationName: 'shop',
        description,
        revision: { revisionType: 'AppSpecContent', appSpecContent: { content } },
      }),
    );
  const inline = (content: string) => ({
    revisionType: 'AppSpecContent' as const,
    appSpecContent: { sha256: sha256Of(content) },
  });
  const list = async (filter: object) =>
    (
      await served.client.send(
        new ListApplicationRevisionsCommand({ applicationName: 'shop', ...filter }),
      )
    ).revisions;

  it('are listed by use and by time', async () => {
    await register(appSpec([], 1));
    const id = served.deploy.create({
      revision: { revisionType: 'AppSpecContent', appSpecContent: { content: appSpec([], 3) } },
    });
    await served.deploy.reached(id, 'Succeeded');
    const [unused, used] = [inline(appSpec([], 1)), inline(appSpec([], 3))];
    expect(await list({})).toEqual([unused, used]);
    expect(await list({ deployed: 'include' })).toEqual([used]);
    expect(await list({ deployed: 'exclude' })).toEqual([unused]);
    expect(await list({ sortBy: 'registerTime', sortOrder: 'descending' })).toEqual([used, unused]);
    expect(await list({ s3Bucket: 'b' })).toEqual([]);
    await expect(list({ s3KeyPrefix: 'k' })).rejects.toMatchObject({
      name: 'BucketNameFilterRequiredException',
    });
    await expect(list({ sortBy: 'x' })).rejects.toMatchObject({ name: 'InvalidSortByException' });
  });

  it('come in batches, with a word on those that are missing', async () => {
    await register(appSpec([], 1), 'first');
    const answer = await served.client.send(
      new BatchGetApplicationRevisionsCommand({
        applicationName: 'shop',
        revisions: [inline(appSpec([], 1)), inline(appSpec([], 2))],
      }),
    );
    expect(answer.revisions).toMatchObject([
      { revisionLocation: inline(appSpec([], 1)), genericRevisionInfo: { description: 'first' } },
    ]);
    expect(answer.errorMessage).toBe(`No revision found for ${sha256Of(appSpec([], 2))}`);
  });
});

describe('ListDeployments', () => {
  it.each([
    ['an application alone', { applicationName: 'shop' }, 'DeploymentGroupNameRequiredException'],
    ['a group alone', { deploymentGroupName: 'shop' }, 'ApplicationNameRequiredException'],
    ['an unknown status', { includeOnlyStatuses: ['Done'] }, 'InvalidDeploymentStatusException'],
    [
      'a range that ends before it begins',
      { createTimeRange: { start: new Date(2_000), end: new Date(1_000) } },
      'InvalidTimeRangeException',
    ],
    ['a foreign token', { nextToken: 'x' }, 'InvalidNextTokenException'],
  ])('refuses %s', async (_, input, name) => {
    await expect(
      served.client.send(new ListDeploymentsCommand(input as object)),
    ).rejects.toMatchObject({ name });
  });

  it('lists all of the account without application and group', async () => {
    const id = served.deploy.create();
    expect((await served.client.send(new ListDeploymentsCommand({}))).deployments).toEqual([id]);
  });
});

it('BatchGetDeployments leaves out what nobody knows', async () => {
  const id = served.deploy.create();
  const { deploymentsInfo } = await served.client.send(
    new BatchGetDeploymentsCommand({ deploymentIds: ['d-000000000', id] }),
  );
  expect(deploymentsInfo?.map((info) => info.deploymentId)).toEqual([id]);
});
