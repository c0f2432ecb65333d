import {
  CreateRepositoryCommand,
  ECRClient,
  GetAuthorizationTokenCommand,
  PutAccountSettingCommand,
} from '@aws-sdk/client-ecr';
import {
  CreateAccessKeyCommand,
  CreateUserCommand,
  IAMClient,
  PutUserPolicyCommand,
} from '@aws-sdk/client-iam';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { buildFromDockerfile } from '../../../simulator/oci/build-from-dockerfile.ts';
import { pushImage } from '../../../simulator/oci/push-image.ts';
import { createSimulator, type Simulator } from '../../../simulator/simulator.ts';

const pushing = [
  'BatchCheckLayerAvailability',
  'BatchGetImage',
  'InitiateLayerUpload',
  'UploadLayerPart',
  'CompleteLayerUpload',
  'PutImage',
];
const repositoryArn = 'arn:aws:ecr:us-east-1:123456789012:repository/team/shop';

let simulator: Simulator;
beforeEach(async () => {
  simulator = await createSimulator();
  await new ECRClient(options()).send(new CreateRepositoryCommand({ repositoryName: 'team/shop' }));
});
afterEach(() => simulator.stop());

const options = (credentials = { accessKeyId: 'me', secretAccessKey: 'me' }) => ({
  endpoint: simulator.endpoint,
  region: 'us-east-1',
  credentials,
});

/** The registry's password of a user who may do this. */
async function login(
  actions: readonly string[],
  resource: string,
  UserName = 'pusher',
  ...more: readonly object[]
): Promise<string> {
  const iam = new IAMClient(options());
  await iam.send(new CreateUserCommand({ UserName }));
  const Statement = [
    { Effect: 'Allow', Action: 'ecr:GetAuthorizationToken', Resource: '*' },
    { Effect: 'Allow', Action: actions.map((action) => `ecr:${action}`), Resource: resource },
    ...more,
  ];
  await iam.send(
    new PutUserPolicyCommand({
      UserName,
      PolicyName: 'push',
      PolicyDocument: JSON.stringify({ Version: '2012-10-17', Statement }),
    }),
  );
  const { AccessKey } = await iam.send(new CreateAccessKeyCommand({ UserName }));
  const ecr = new ECRClient(
    options({
      accessKeyId: AccessKey?.AccessKeyId ?? '',
      secretAccessKey: AccessKey?.SecretAccessKey ?? '',
    }),
  );
  const { authorizationData } = await ecr.send(new GetAuthorizationTokenCommand({}));
  const [, password = ''] = Buffer.from(authorizationData?.[0]?.authorizationToken ?? '', 'base64')
    .toString()
    .split(':');
  return password;
}

const builtImage = () =>
  buildFromDockerfile({
    directory: 'simulator/workloads/shop',
    platform: { os: 'linux', architecture: 'amd64' },
  });

async function push(password: string) {
  const image = await builtImage();
  const credentials = { user: 'AWS', password };
  return pushImage({
    registry: simulator.endpoint,
    repository: 'team/shop',
    tag: 'v1',
    image,
    credentials,
  });
}

describe('who logged in to the registry', () => {
  it('pushes with the six permissions of a push', async () => {
    expect(await push(await login(pushing, repositoryArn))).toMatchObject({
      digest: expect.stringMatching(/^sha256:/),
    });
  });

  it.each(pushing)('is denied without ecr:%s, in IAM’s words', async (missing) => {
    const password = await login(
      pushing.filter((action) => action !== missing),
      repositoryArn,
    );
    // HEAD has no body, so what asks with it shows the status alone.
    const denial =
      missing === 'BatchCheckLayerAvailability' || missing === 'BatchGetImage'
        ? /HTTP 403/
        : `DENIED: User: arn:aws:iam::123456789012:user/pusher is not authorized to perform: ecr:${missing} on resource: ${repositoryArn} because no identity-based policy allows the ecr:${missing} action`;
    await expect(push(password)).rejects.toThrow(denial);
  });

  it.each([
    ['DELETE', `manifests/v1`, 'BatchDeleteImage', 404],
    ['GET', `referrers/sha256:${'0'.repeat(64)}`, 'BatchGetImage', 200],
    ['GET', `tags/list`, 'ListImages', 200],
  ])('needs for %s %s ecr:%s alone', async (method, path, action, status) => {
    const ask = async (password: string) => {
      const authorization = `Basic ${Buffer.from(`AWS:${password}`).toString('base64')}`;
      const url = `${simulator.endpoint}/v2/team/shop/${path}`;
      const response = await fetch(url, { method, headers: { authorization } });
      return { status: response.status, body: await response.text() };
    };
    expect(await ask(await login(['PutImage'], repositoryArn))).toMatchObject({
      status: 403,
      body: expect.stringContaining(`is not authorized to perform: ecr:${action} on resource`),
    });
    expect(await ask(await login([action], repositoryArn, 'allowed'))).toMatchObject({ status });
  });

  it.each([
    ['DescribeImages', 202],
    ['GetDownloadUrlForLayer', 201],
  ])('mounts a layer that lies where it has ecr:%s: %i', async (reading, status) => {
    const ecr = new ECRClient(options());
    await ecr.send(new CreateRepositoryCommand({ repositoryName: 'team/cart' }));
    await ecr.send(new PutAccountSettingCommand({ name: 'BLOB_MOUNTING', value: 'ENABLED' }));
    await push(await login(pushing, repositoryArn, 'author'));
    const digest = (await builtImage()).blobs[0]?.descriptor.digest;
    const cartArn = repositoryArn.replace('team/shop', 'team/cart');
    const password = await login(['InitiateLayerUpload'], cartArn, 'mounter', {
      Effect: 'Allow',
      Action: `ecr:${reading}`,
      Resource: repositoryArn,
    });

    const authorization = `Basic ${Buffer.from(`AWS:${password}`).toString('base64')}`;
    const query = `mount=${digest}&from=team/shop`;
    const url = `${simulator.endpoint}/v2/team/cart/blobs/uploads/?${query}`;
    const response = await fetch(url, { method: 'POST', headers: { authorization } });
    expect(response.status).toBe(status);
  });

  it('is denied in a repository that the policy does not name', async () => {
    const password = await login(pushing, repositoryArn.replace('team/shop', 'team/cart'));
    await expect(push(password)).rejects.toThrow(/HTTP 403/);
  });
});
