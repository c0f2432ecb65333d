import type { S3Location } from '@aws-sdk/client-codedeploy';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { S3Model } from '../../../simulator/s3/model.ts';
import { appSpec, createDeploymentFixture, type DeploymentFixture } from './deployment-fixture.ts';
import { taskDefinition } from './fake-ecs.ts';

let deploy: DeploymentFixture;
let earlier: { versionId: string; etag: string };
beforeEach(() => {
  deploy = createDeploymentFixture();
  const s3 = new S3Model(deploy.world);
  deploy.world.provide('s3', s3);
  s3.createBucket('specs', { versioned: true });
  const put = (revision: number) =>
    s3.put('specs', 'appspec.yaml', { body: Buffer.from(appSpec([], revision)), headers: {} });
  earlier = put(2);
  put(3);
});
afterEach(() => deploy.stop());

const create = (location: Partial<S3Location> | { bundleType: string }) =>
  deploy.create({
    revision: {
      revisionType: 'S3',
      s3Location: {
        bucket: 'specs',
        key: 'appspec.yaml',
        bundleType: 'YAML',
        ...(location as object),
      },
    },
  });
const deployed = async (id: string) => {
  await deploy.reached(id, 'Succeeded');
  return deploy.ecs.created.map((request) => request.taskDefinition);
};
const shown = async (deploymentId: string) => {
  const answer: unknown = await deploy.call('GetDeployment', { deploymentId });
  const { deploymentInfo } = answer as { deploymentInfo: { revision: { s3Location: S3Location } } };
  return deploymentInfo.revision.s3Location;
};

describe('an AppSpec in S3', () => {
  it('is the newest version unless the revision names one', async () => {
    const id = create({});
    expect(await deployed(id)).toEqual([taskDefinition(3)]);
    expect(await shown(id)).toEqual({ bucket: 'specs', key: 'appspec.yaml', bundleType: 'YAML' });
  });

  it('is the version that the revision names, which answers show with its ETag', async () => {
    const location = { version: earlier.versionId, eTag: earlier.etag.replaceAll('"', '') };
    const id = create(location);
    expect(await shown(id)).toEqual({
      bucket: 'specs',
      key: 'appspec.yaml',
      bundleType: 'YAML',
      ...location,
    });
    expect(await deployed(id)).toEqual([taskDefinition(2)]);
    const { revisions } = await deploy.call('BatchGetApplicationRevisions', {
      applicationName: 'shop',
      revisions: [
        { revisionType: 'S3', s3Location: { bucket: 'specs', key: 'appspec.yaml', ...location } },
        { revisionType: 'S3', s3Location: { bucket: 'specs', key: 'appspec.yaml', version: 'x' } },
      ],
    });
    expect(revisions).toHaveLength(1);
  });

  it('is listed apart from the same text elsewhere', async () => {
    const content = appSpec([], 3);
    const inline = { revisionType: 'AppSpecContent' as const, appSpecContent: { content } };
    await deployed(deploy.create({ revision: inline }));
    await deployed(create({}));
    const { revisions } = await deploy.call('ListApplicationRevisions', {
      applicationName: 'shop',
      s3Bucket: 'specs',
    });
    expect(revisions).toEqual([
      {
        revisionType: 'S3',
        s3Location: { bucket: 'specs', key: 'appspec.yaml', bundleType: 'YAML' },
      },
    ]);
  });

  it('may have its type in lower case, as scripts give it', async () => {
    const id = create({ bundleType: 'yaml' });
    expect(await shown(id)).toMatchObject({ bundleType: 'YAML' });
  });

  it('needs the right to read versions where it names one', async () => {
    const asked: string[] = [];
    deploy.world.provide('iam', {
      canAssume: () => true,
      authorize: ({ action }: { action: string }) => {
        if (action.startsWith('s3:')) asked.push(action);
        return { allowed: true };
      },
    } as never);
    await deployed(create({ version: earlier.versionId }));
    expect(asked).toEqual(['s3:GetObjectVersion']);
  });

  it.each([
    ['a version that is not there', { version: 'x' }, 'RevisionDoesNotExistException', /appspec/],
    [
      'another ETag',
      { eTag: 'd41d8cd98f00b204e9800998ecf8427e' },
      'InvalidRevisionException',
      /ETag of s3:\/\/specs\/appspec\.yaml is "?\w{32}"?, but the revision says d41d8/,
    ],
    [
      'an archive',
      { bundleType: 'zip' as const },
      'InvalidRevisionException',
      /^BundleType must be either YAML or JSON$/,
    ],
    ['no key', { key: '' }, 'InvalidRevisionException', /bucket and key/],
  ])('with %s is refused', (_, location, code, message) => {
    expect(() => create(location)).toThrow(
      expect.objectContaining({ code, message: expect.stringMatching(message) }),
    );
  });
});
