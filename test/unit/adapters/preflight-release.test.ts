import { ECRClient } from '@aws-sdk/client-ecr';
import { IAMClient } from '@aws-sdk/client-iam';
import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { SSMClient } from '@aws-sdk/client-ssm';
import { describe, expect, it } from 'vitest';
import { ecrImageScans } from '../../../functions/adapters/ecr-image-scans.ts';
import { iamRoles } from '../../../functions/adapters/iam-roles.ts';
import { secretCatalogue } from '../../../functions/adapters/secret-catalogue.ts';
import { digestOf } from '../../support/builders/releases.ts';
import { type ScriptedCommand, scriptClient, sdkError } from '../../support/scripted-client.ts';

const region = 'eu-central-1';

describe('ecrImageScans', () => {
  const reading = (answer: object | Error) => {
    const client = new ECRClient({ region });
    const commands = scriptClient(client, () => answer);
    return { commands, scan: ecrImageScans(client).read('team/shop', digestOf('1')) };
  };

  it('reads status and counts, without asking for the findings', async () => {
    const { commands, scan } = reading({
      imageScanStatus: { status: 'ACTIVE', description: 'continuous' },
      imageScanFindings: { findingSeverityCounts: { CRITICAL: 2 } },
    });
    expect(await scan).toEqual({
      status: 'ACTIVE',
      description: 'continuous',
      severityCounts: { CRITICAL: 2 },
    });
    expect(commands[0]?.input).toEqual({
      repositoryName: 'team/shop',
      imageId: { imageDigest: digestOf('1') },
      maxResults: 1,
    });
  });

  it('counts the findings, page by page, where the answer sums nothing up', async () => {
    const page = (...severities: string[]) => ({
      imageScanStatus: { status: 'ACTIVE' },
      imageScanFindings: { enhancedFindings: severities.map((severity) => ({ severity })) },
    });
    const client = new ECRClient({ region });
    const commands = scriptClient(client, ({ input }) => {
      if (input.maxResults === 1) return { ...page('HIGH'), nextToken: 'more' };
      return input.nextToken === undefined
        ? { ...page('HIGH', 'CRITICAL'), nextToken: 'next' }
        : page('CRITICAL', 'LOW');
    });
    expect(await ecrImageScans(client).read('team/shop', digestOf('1'))).toMatchObject({
      severityCounts: { HIGH: 1, CRITICAL: 2, LOW: 1 },
    });
    expect(commands.map(({ input }) => input.maxResults)).toEqual([1, 1_000, 1_000]);
  });

  it.each([
    ['basic scanning on push', { scanOnPush: true, scanFrequency: 'SCAN_ON_PUSH' }, true],
    ['enhanced scanning', { scanOnPush: false, scanFrequency: 'CONTINUOUS_SCAN' }, true],
    ['scans by hand only', { scanOnPush: false, scanFrequency: 'MANUAL' }, false],
    ['what it says nothing about', {}, false],
  ])('tells whether ECR scans what is pushed: %s', async (_, configuration, scans) => {
    const client = new ECRClient({ region });
    const commands = scriptClient(client, () => ({ scanningConfigurations: [configuration] }));
    expect(await ecrImageScans(client).scansOnPush('team/shop')).toBe(scans);
    expect(commands[0]?.input).toEqual({ repositoryNames: ['team/shop'] });
  });

  it('says that ECR scans nothing of a repository that is gone', async () => {
    const client = new ECRClient({ region });
    scriptClient(client, () => ({ scanningConfigurations: [], failures: [{}] }));
    expect(await ecrImageScans(client).scansOnPush('team/shop')).toBe(false);
  });

  it('tells an image that was never scanned from a call that is refused', async () => {
    expect(await reading(sdkError('ScanNotFoundException')).scan).toBeUndefined();
    await expect(reading(sdkError('AccessDeniedException')).scan).rejects.toMatchObject({
      name: 'PermissionDeniedError',
      details: { action: 'ecr:DescribeImageScanFindings' },
    });
  });
});

describe('iamRoles', () => {
  const finding = (answer: object | Error) => {
    const client = new IAMClient({ region });
    scriptClient(client, () => answer);
    return iamRoles(client).find('app');
  };

  it('decodes the trust policy, which comes URL-encoded', async () => {
    const policy = { Statement: [{ Effect: 'Allow', Condition: { a: '100 %' } }] };
    const Role = {
      Arn: 'arn:aws:iam::123456789012:role/app',
      AssumeRolePolicyDocument: encodeURIComponent(JSON.stringify(policy)),
    };
    expect(await finding({ Role })).toEqual({ arn: Role.Arn, trustPolicy: policy });
  });

  it('has nothing for a role that is not there, and an error for one that it cannot read', async () => {
    expect(await finding(sdkError('NoSuchEntityException'))).toBeUndefined();
    await expect(finding({ Role: { AssumeRolePolicyDocument: '{' } })).rejects.toMatchObject({
      name: 'UnsupportedError',
      message: 'The trust policy of role "app" is not JSON',
    });
    await expect(finding(sdkError('AccessDenied'))).rejects.toMatchObject({
      name: 'PermissionDeniedError',
      details: { action: 'iam:GetRole', resource: 'role app' },
    });
  });
});

describe('secretCatalogue', () => {
  function prepare(answer: (command: ScriptedCommand) => object | Error) {
    const secretsManager = new SecretsManagerClient({ region });
    const ssm = new SSMClient({ region });
    const commands = scriptClient(secretsManager, answer);
    const asked = scriptClient(ssm, answer);
    return { catalogue: secretCatalogue(secretsManager, ssm), commands, asked };
  }

  it('describes a secret by its versions and never reads it', async () => {
    const { catalogue, commands } = prepare(() => ({
      DeletedDate: new Date(5_000),
      VersionIdsToStages: { one: ['AWSCURRENT'] },
    }));
    expect(await catalogue.describeSecret('shop/db')).toEqual({
      deletedAtMs: 5_000,
      versions: { one: ['AWSCURRENT'] },
    });
    expect(commands.map(({ operation }) => operation)).toEqual(['DescribeSecret']);
  });

  it('has nothing for a secret that is not there', async () => {
    const { catalogue } = prepare(() => sdkError('ResourceNotFoundException'));
    expect(await catalogue.describeSecret('shop/db')).toBeUndefined();
  });

  it('finds parameters by name, fifty in a call, and reads every page', async () => {
    const names = Array.from({ length: 51 }, (_, index) => `/p${index}`);
    const { catalogue, asked } = prepare(({ input }) =>
      input.NextToken === undefined
        ? { Parameters: [{ Name: '/p0' }], NextToken: 'more' }
        : { Parameters: [{ Name: '/p1' }] },
    );
    expect(await catalogue.existingParameters(names)).toEqual(['/p0', '/p1', '/p0', '/p1']);
    const filters = asked.map(({ input }) => input.ParameterFilters as { Values: string[] }[]);
    expect(filters.map(([filter]) => filter?.Values.length)).toEqual([50, 50, 1, 1]);
    expect(await catalogue.existingParameters([])).toEqual([]);
    expect(asked).toHaveLength(4);
  });
});
