import { describe, expect, it } from 'vitest';
import { configSchema } from '../../../../functions/core/config/schema.ts';
import { secretsExist } from '../../../../functions/core/preflight/release/secrets-exist.ts';
import { parseSecretReference } from '../../../../functions/core/task-definition/parse-secret-reference.ts';
import { secretReferences } from '../../../../functions/core/task-definition/secret-references.ts';
import { serviceConfig } from '../../../support/builders/releases.ts';
import { ReleaseScene } from '../../../support/release-scene.ts';

const serviceArn = 'arn:aws:ecs:eu-central-1:123456789012:service/prod/shop';
const secretArn = 'arn:aws:secretsmanager:eu-central-1:123456789012:secret:shop/db-AbCdEf';
const parameterArn = 'arn:aws:ssm:eu-central-1:123456789012:parameter';
const current = { deletedAtMs: undefined, versions: { 'version-1': ['AWSCURRENT'] } };

describe('parseSecretReference', () => {
  const secret = { kind: 'secret', id: secretArn };
  const none = { key: undefined, versionStage: undefined, versionId: undefined };
  it.each([
    [secretArn, { ...secret, ...none }],
    [`${secretArn}:password::`, { ...secret, ...none, key: 'password' }],
    [`${secretArn}::AWSPREVIOUS:`, { ...secret, ...none, versionStage: 'AWSPREVIOUS' }],
    [`${secretArn}:::version-1`, { ...secret, ...none, versionId: 'version-1' }],
    [`${parameterArn}/shop/token`, { kind: 'parameter', name: '/shop/token' }],
    [`${parameterArn}/token`, { kind: 'parameter', name: '/token' }],
    ['token', { kind: 'parameter', name: 'token' }],
    [secretArn.replace('eu-central-1', 'us-east-1'), { kind: 'elsewhere' }],
    [secretArn.replace('123456789012', '999999999999'), { kind: 'elsewhere' }],
    ['arn:aws:s3:eu-central-1:123456789012:thing', { kind: 'elsewhere' }],
  ])('%s', (valueFrom, reference) => {
    expect(parseSecretReference(valueFrom, serviceArn)).toEqual(reference);
  });
});

describe('secretReferences', () => {
  it('finds every place where a task definition can name one', () => {
    const document = {
      containerDefinitions: [
        {
          name: 'app',
          secrets: [{ name: 'TOKEN', valueFrom: 'a' }],
          logConfiguration: { secretOptions: [{ name: 'key', valueFrom: 'b' }] },
          repositoryCredentials: { credentialsParameter: 'c' },
        },
        { name: 'sidecar' },
      ],
      volumes: [
        {
          name: 'share',
          fsxWindowsFileServerVolumeConfiguration: {
            authorizationConfig: { credentialsParameter: 'd', domain: 'x' },
          },
        },
      ],
    };
    expect(secretReferences(document)).toEqual([
      { user: 'secret TOKEN of container app', valueFrom: 'a' },
      { user: 'log option key of container app', valueFrom: 'b' },
      { user: 'repository credentials of container app', valueFrom: 'c' },
      { user: 'credentials of volume share', valueFrom: 'd' },
    ]);
  });
});

function sceneWith(...valueFroms: string[]): ReleaseScene {
  const scene = new ReleaseScene();
  scene.changeContainer({
    secrets: valueFroms.map((valueFrom, index) => ({ name: `S${index}`, valueFrom })),
  });
  return scene;
}

describe('secrets-exist', () => {
  it('names all that is missing together', async () => {
    const scene = sceneWith(`${secretArn}:password::`, '/shop/token', '/shop/there');
    scene.parameters.add('/shop/there');
    expect(await scene.judge(secretsExist)).toMatchObject({
      status: 'NG',
      observed: `secret S1 of container app: no parameter /shop/token; secret S0 of container app: no secret ${secretArn}:password::`,
    });
    scene.secrets.set(secretArn, current);
    scene.parameters.add('/shop/token');
    expect(await scene.judge(secretsExist)).toEqual({
      status: 'OK',
      observed: 'all 3 references found',
    });
  });

  it('asks for all parameters in one call, and for a secret once however often it is used', async () => {
    const scene = sceneWith('b', '/a', `${secretArn}:x::`, `${secretArn}:y::`);
    await scene.judge(secretsExist);
    expect(scene.calls.filter((call) => call.startsWith('describeSecret'))).toHaveLength(1);
    expect(scene.calls).toContain('existingParameters [["/a","/b","a","b"]]');
  });

  it.each([
    ['is marked for deletion', { ...current, deletedAtMs: 1 }, ''],
    ['has no version with stage AWSCURRENT', { ...current, versions: {} }, ''],
    ['has no version with stage AWSPREVIOUS', current, '::AWSPREVIOUS:'],
    ['has no version version-2', current, ':::version-2'],
  ])('is NG for a secret that %s', async (said, secret, suffix) => {
    const scene = sceneWith(`${secretArn}${suffix}`);
    scene.secrets.set(secretArn, secret);
    expect(await scene.judge(secretsExist)).toMatchObject({
      status: 'NG',
      observed: `secret S0 of container app: secret ${secretArn} ${said}`,
    });
  });

  it('looks for the secrets of checks too, even without a service', async () => {
    const { services } = configSchema.parse({
      services: [
        {
          ...serviceConfig(),
          checks: {
            afterAllowTestTraffic: [
              {
                type: 'http',
                path: '/',
                secrets: {
                  TOKEN: { secretsManager: 'shop/api', key: 'token' },
                  KEY: { parameter: '/shop/key:3' },
                },
              },
            ],
          },
        },
      ],
    });
    const scene = new ReleaseScene();
    [scene.service = serviceConfig()] = services;
    scene.parameters.add('/shop/key');
    const facts = { ...scene.facts(), service: async () => undefined };
    expect(await secretsExist.judge(facts)).toMatchObject({
      status: 'NG',
      observed: 'secret TOKEN of a check: no secret shop/api',
    });
  });

  it('says what it does not look at, and skips when that is all', async () => {
    const foreign = secretArn.replace('123456789012', '999999999999');
    const scene = sceneWith(foreign);
    expect(await scene.judge(secretsExist)).toEqual({
      status: 'SKIP',
      reason: `All of another account or Region: ${foreign}`,
    });
    const both = sceneWith(foreign, 'token');
    both.parameters.add('token');
    expect(await both.judge(secretsExist)).toEqual({
      status: 'OK',
      observed: `1 reference found; of another account or Region: ${foreign}`,
    });
    expect((await new ReleaseScene().judge(secretsExist)).status).toBe('SKIP');
  });
});
