import { spawn } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import {
  CloudFormationClient,
  CreateStackCommand,
  waitUntilStackCreateComplete,
} from '@aws-sdk/client-cloudformation';
import { AssumeRoleWithWebIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import { App, Stack } from 'aws-cdk-lib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { clientOptions } from '../../cli/rehearsal/stage.ts';
import { GitHubDeployRole } from '../../infra/constructs/github-deploy-role.ts';
import { usageReport } from '../../simulator/iam/usage-report.ts';
import { repositoryRoot } from '../architecture/source-files.ts';
import { type OpenSample, openSample } from '../support/simulator/open-sample.ts';
import {
  githubWorkflow,
  jenkinsEnvironment,
  jenkinsShellSteps,
  substituted,
} from './read-ci-files.ts';

const roleName = 'greengate-ci-shop';
const roleArn = `arn:aws:iam::123456789012:role/${roleName}`;

/** Commands are processes of their own, and releases take a while. */
const limitMs = 240_000;

let sample: OpenSample;
let scratch: string;
let credentials: Record<string, string>;

beforeAll(async () => {
  scratch = mkdtempSync(join(tmpdir(), 'greengate-ci-'));
  sample = await openSample({ image: { repository: 'team/shop', tags: ['main-*'] } });
  await createRole();
  credentials = await assumeRole('repo:acme/shop:ref:refs/heads/main');
}, limitMs);
afterAll(async () => {
  await sample?.stop();
  rmSync(scratch, { recursive: true, force: true });
});

async function createRole(): Promise<void> {
  const outputs = sample.simulator.models.cloudformation.find('GreengateController')?.outputs ?? [];
  const recordsBucketName = outputs.find(({ key }) => key === 'RecordsBucketName')?.value;
  const stack = new Stack(new App({ outdir: join(scratch, 'cdk.out') }), 'GreengateCi', {
    env: { account: '123456789012', region: 'us-east-1' },
  });
  new GitHubDeployRole(stack, 'GitHub', {
    ...{ repository: 'acme/shop', imageRepositories: ['team/shop'], roleName },
    ...(recordsBucketName && { recordsBucketName: String(recordsBucketName) }),
  });
  const template = App.of(stack)?.synth().getStackByName('GreengateCi').template;
  const client = new CloudFormationClient(clientOptions(sample.simulator));
  await client.send(
    new CreateStackCommand({
      StackName: 'GreengateCi',
      TemplateBody: JSON.stringify(withoutBootstrap(template)),
      Capabilities: ['CAPABILITY_NAMED_IAM'],
    }),
  );
  await waitUntilStackCreateComplete(
    { client, maxWaitTime: 60, minDelay: 1, maxDelay: 1 },
    { StackName: 'GreengateCi' },
  );
}

/** What only `cdk deploy` can look up: the version of a bootstrap that this account lacks. */
function withoutBootstrap({ Parameters: _, Rules: __, ...template }: Record<string, unknown>) {
  return template;
}

async function assumeRole(subject: string): Promise<Record<string, string>> {
  const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
  const claims = {
    iss: 'https://token.actions.githubusercontent.com',
    aud: 'sts.amazonaws.com',
    sub: subject,
  };
  const { Credentials } = await new STSClient(clientOptions(sample.simulator)).send(
    new AssumeRoleWithWebIdentityCommand({
      RoleArn: roleArn,
      RoleSessionName: 'GitHubActions',
      DurationSeconds: 10_800,
      WebIdentityToken: `${part({ alg: 'RS256' })}.${part(claims)}.signature`,
    }),
  );
  return {
    AWS_ACCESS_KEY_ID: Credentials?.AccessKeyId ?? '',
    AWS_SECRET_ACCESS_KEY: Credentials?.SecretAccessKey ?? '',
    AWS_SESSION_TOKEN: Credentials?.SessionToken ?? '',
  };
}

/** A checkout of the sample service whose Dockerfile has these defaults. */
function checkout(name: string, defaults: Readonly<Record<string, string>>): string {
  const folder = join(scratch, name);
  cpSync(join(repositoryRoot, 'simulator/workloads/shop'), folder, { recursive: true });
  const path = join(folder, 'Dockerfile');
  const text = Object.entries(defaults).reduce(
    (dockerfile, [arg, value]) =>
      dockerfile.replace(new RegExp(`^ARG ${arg}=.*$`, 'm'), `ARG ${arg}=${value}`),
    readFileSync(path, 'utf8'),
  );
  writeFileSync(path, text);
  return folder;
}

interface ShellEnd {
  readonly code: number | null;
  readonly output: string;
}

/** As the runner does: `bash -e` in the checkout, with the stand-ins for tools that are not here. */
function shell(script: string, cwd: string, env: Record<string, string>): Promise<ShellEnd> {
  const standIns = join(repositoryRoot, 'test/ci/stand-ins');
  const child = spawn('bash', ['--norc', '-e', '-c', script], {
    cwd,
    // A socket as stdin would make bash read its start-up file, as for a remote shell, and with it another PATH.
    stdio: ['ignore', 'pipe', 'pipe'],
    env: {
      ...process.env,
      ...credentials,
      AWS_ENDPOINT_URL: sample.simulator.endpoint,
      AWS_REGION: 'us-east-1',
      GREENGATE_HOME: repositoryRoot,
      NODE_PATH: join(repositoryRoot, 'node_modules'),
      DOCKER_CONFIG: scratch,
      ...env,
      BASH_ENV: '',
      PATH: `${standIns}${delimiter}${process.env.PATH}`,
    },
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text) => {
      output += text;
    });
  }
  return new Promise((resolve) => child.on('close', (code) => resolve({ code, output })));
}

/** `name=value` lines that a step wrote to its output file. */
function outputsOf(path: string): [string, string][] {
  const lines = readFileSync(path, 'utf8').split('\n').filter(Boolean);
  return lines.map((line) => [line.slice(0, line.indexOf('=')), line.slice(line.indexOf('=') + 1)]);
}

describe('docs/ci/github-actions.yml', { timeout: limitMs }, () => {
  it('pushes, waits, and closes its GitHub deployment with what became of the release', async () => {
    const workflow = githubWorkflow();
    const folder = checkout('github', { VERSION: 'from-github' });
    const values: Record<string, string> = { 'github.token': 'token' };
    for (const [name, value] of Object.entries(workflow.env)) values[`env.${name}`] = value;
    const calls = join(scratch, 'gh-calls');
    const summary = join(scratch, 'summary.md');
    const outputs = join(scratch, 'outputs');
    for (const step of workflow.jobs.release.steps) {
      if (step.uses?.startsWith('docker/build-push-action')) {
        // Stands for the action: the same image, pushed with the same credentials, and again by a re-run.
        expect(step.with).toMatchObject({ push: true, provenance: false });
        const login = await shell(
          'aws ecr get-login-password | docker login --username AWS',
          folder,
          {},
        );
        expect(login).toEqual({ code: 0, output: '' });
        const build = `docker buildx build --platform ${workflow.env.PLATFORM} --tag ${sample.simulator.registry}/team/shop:main-1 --provenance=false --metadata-file build.json --push .`;
        expect(await shell(build, folder, {})).toMatchObject({ code: 0 });
        const metadata = JSON.parse(readFileSync(join(folder, 'build.json'), 'utf8'));
        values['steps.build.outputs.digest'] = metadata['containerimage.digest'];
      }
      if (step.run === undefined) continue;
      writeFileSync(outputs, '');
      const env = Object.entries(step.env ?? {}).map(([name, text]) => [
        name,
        substituted(text, values),
      ]);
      const { code, output } = await shell(step.run, folder, {
        ...Object.fromEntries(env),
        ...workflow.env,
        GITHUB_OUTPUT: outputs,
        GITHUB_STEP_SUMMARY: summary,
        GITHUB_REPOSITORY: 'acme/shop',
        GITHUB_SHA: '0123456789abcdef',
        GITHUB_SERVER_URL: 'https://github.com',
        GITHUB_RUN_ID: '7',
        GH_CALLS: calls,
      });
      expect([step.name, code, code === 0 ? '' : output]).toEqual([step.name, 0, '']);
      for (const [name, value] of outputsOf(outputs))
        values[`steps.${step.id}.outputs.${name}`] = value;
    }
    expect(values['steps.release.outputs.code']).toBe('0');
    expect(readFileSync(summary, 'utf8')).toMatch(/^### shop: deployed\n/);
    expect(readFileSync(calls, 'utf8').split('\n').filter(Boolean)).toEqual([
      'api repos/acme/shop/deployments --jq .id -f ref=0123456789abcdef -f environment=production -F auto_merge=false -F required_contexts[]',
      'api repos/acme/shop/deployments/42/statuses --silent -f state=success -f log_url=https://github.com/acme/shop/actions/runs/7',
    ]);
  });

  it('asks GitHub for no more than a token, the code and deployments', () => {
    expect(githubWorkflow().permissions).toEqual({
      'id-token': 'write',
      contents: 'read',
      deployments: 'write',
    });
  });
});

describe('docs/ci/Jenkinsfile', { timeout: limitMs }, () => {
  it('pushes, waits, and ends with 2 and a red JUnit file when the release was rolled back', async () => {
    const folder = checkout('jenkins', { VERSION: 'from-jenkins', OMIT_FIELD: 'price' });
    const env = { ...jenkinsEnvironment(), REGISTRY: sample.simulator.registry };
    const [push = '', release = ''] = jenkinsShellSteps();
    const pushed = await shell(push, folder, env);
    expect([pushed.code, pushed.output]).toEqual([0, expect.stringContaining('team/shop:main-')]);
    const { code, output } = await shell(release, folder, env);
    expect(output).toContain('rolled-back  Rolled back: AfterAllowTestTraffic failed');
    expect(code).toBe(2);
    expect(readFileSync(join(folder, 'greengate.xml'), 'utf8')).toContain(
      '<failure message="rolled-back: Rolled back: AfterAllowTestTraffic failed',
    );
  });
});

describe('GitHubDeployRole', () => {
  it('was granted what both files needed, and nothing else', () => {
    const report = usageReport(sample.simulator.models.iam).find(
      (role) => role.roleArn === roleArn,
    );
    // Who may not list a bucket is told so of records that are not there yet; the command takes it for that.
    const denied = report?.denied.filter(({ action }) => action !== 's3:ListBucket');
    expect(denied).toEqual([]);
    expect(report?.unused).toEqual([]);
  });

  it.each([
    'repo:acme/shop:ref:refs/heads/feature',
    'repo:acme/shop:pull_request',
    'repo:acme/shop-fork:ref:refs/heads/main',
    'repo:acme/shop:ref:refs/tags/main',
  ])('is not for %s', async (subject) => {
    await expect(assumeRole(subject)).rejects.toThrow(
      'Not authorized to perform sts:AssumeRoleWithWebIdentity',
    );
  });

  it.each([
    [
      { repository: 'acme', branches: ['main'] },
      'needs a repository such as acme/shop, got "acme"',
    ],
    [{ repository: 'acme/shop', branches: ['*'] }, 'needs whole names of branches, got "*"'],
    [{ repository: 'acme/shop', branches: [] }, 'needs whole names of branches, got ""'],
    [
      { repository: 'acme/shop', branches: ['main', 'refs/heads/next'] },
      'needs names of branches such as main, got "refs/heads/next"',
    ],
    ...['team/*', '*', 'Team/shop', '123456789012.dkr.ecr.us-east-1.amazonaws.com/team/shop'].map(
      (name): [object, string] => [
        { repository: 'acme/shop', imageRepositories: ['team/shop', name] },
        `without registry and wildcards, got "${name}"`,
      ],
    ),
    [{ repository: 'acme/shop', imageRepositories: [] }, 'without registry and wildcards, got ""'],
    [
      { repository: 'acme/shop', recordsBucketName: 'output RecordsBucketName' },
      'output RecordsBucketName of GreengateController, got "output RecordsBucketName"',
    ],
  ] as [{ repository: string }, string][])('refuses %j', (props, message) => {
    const stack = new Stack(new App({ outdir: join(scratch, 'refused') }), 'Refused');
    expect(
      () => new GitHubDeployRole(stack, 'GitHub', { imageRepositories: ['team/shop'], ...props }),
    ).toThrow(message);
  });
});
