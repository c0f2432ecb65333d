import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { CodeDeployClient, GetDeploymentGroupCommand } from '@aws-sdk/client-codedeploy';
import { DeleteServiceCommand, ECSClient } from '@aws-sdk/client-ecs';
import {
  DeleteListenerCommand,
  ElasticLoadBalancingV2Client,
  ModifyListenerCommand,
} from '@aws-sdk/client-elastic-load-balancing-v2';
import { IAMClient, UpdateAssumeRolePolicyCommand } from '@aws-sdk/client-iam';
import { RedriveExecutionCommand } from '@aws-sdk/client-sfn';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { pushWorkload } from '../../cli/rehearsal/push-workload.ts';
import { clientOptions } from '../../cli/rehearsal/stage.ts';
import type { PreflightRecord } from '../../functions/core/preflight/preflight-record.ts';
import { setScanFindings } from '../../simulator/ecr/set-scan-findings.ts';
import { repositoryRoot } from '../architecture/source-files.ts';
import {
  countSince,
  type OpenSample,
  openSample,
  type Release,
} from '../support/simulator/open-sample.ts';

const limitMs = 120_000;
let sample: OpenSample;
let fromSeq: number;
let refused: Release;

beforeAll(async () => {
  sample = await openSample();
  await standInTheWay();
  fromSeq = journal().entries.length;
  refused = await sample.release('v2');
}, limitMs);

afterAll(() => sample?.stop());

const journal = () => sample.simulator.world.journal;

const arm64 = { architecture: 'arm64' } as const;

const trusting = (principal: string) =>
  JSON.stringify({
    Version: '2012-10-17',
    Statement: [{ Effect: 'Allow', Principal: { Service: principal }, Action: 'sts:AssumeRole' }],
  });

async function trustTaskRole(principal: string): Promise<void> {
  const { models } = sample.simulator;
  const RoleName = models.iam
    .roles()
    .map(({ roleName }) => roleName)
    .find((name) => name.includes('TasksTaskRole'));
  await new IAMClient(clientOptions(sample.simulator)).send(
    new UpdateAssumeRolePolicyCommand({ RoleName, PolicyDocument: trusting(principal) }),
  );
}

async function testListenerArn(): Promise<string | undefined> {
  const { deploymentGroupInfo } = await new CodeDeployClient(clientOptions(sample.simulator)).send(
    new GetDeploymentGroupCommand({ applicationName: 'shop', deploymentGroupName: 'shop' }),
  );
  const [pair] = deploymentGroupInfo?.loadBalancerInfo?.targetGroupPairInfoList ?? [];
  return pair?.testTrafficRoute?.listenerArns?.[0];
}

/** As another tool might, which does not know that CodeDeploy moves this listener. */
async function pointTestListenerAt(colour: 'blue' | 'green'): Promise<void> {
  const options = clientOptions(sample.simulator);
  const TargetGroupArn = sample.simulator.models.elbv2.targetGroupArn(`greengate-shop-${colour}`);
  await new ElasticLoadBalancingV2Client(options).send(
    new ModifyListenerCommand({
      ListenerArn: await testListenerArn(),
      DefaultActions: [{ Type: 'forward', TargetGroupArn }],
    }),
  );
}

function findVulnerabilities(count: number): void {
  setScanFindings(sample.simulator.models.ecr, {
    repository: 'team/shop',
    image: 'v2',
    findings: Array.from({ length: count }, (_, index) => ({
      name: `CVE-2026-000${index}`,
      severity: 'CRITICAL',
    })),
  });
}

/** Three things at once that have nothing to do with each other. */
async function standInTheWay(): Promise<void> {
  findVulnerabilities(2);
  await pointTestListenerAt('green');
  await trustTaskRole('lambda.amazonaws.com');
}

function record(): PreflightRecord {
  const [{ input } = { input: {} }] = journal().of('execution.started').slice(-1);
  const { eventId } = input as { eventId: string };
  return sample.watcher.record(`pushes/${eventId}/preflight/shop.json`) as PreflightRecord;
}

describe('a release that preflight refuses', { timeout: limitMs }, () => {
  it('names everything that is not good in one cause', () => {
    expect(refused).toMatchObject({ status: 'FAILED', error: 'PreflightRefused' });
    expect(refused.reason).toMatch(
      /^Preflight refused the release, 3 checks are not good: vulnerabilities: .*2 critical.*roles-trusted: .*listeners-on-primary: .*greengate-shop-green/,
    );
    expect(refused.reason).not.toContain('\n');
  });

  it('creates nothing: no task definition revision, no deployment', () => {
    const called = journal()
      .of('api.called')
      .filter(({ seq }) => seq >= fromSeq)
      .map(({ operation }) => operation);
    expect(called).not.toContain('RegisterTaskDefinition');
    expect(called).not.toContain('CreateDeployment');
    expect(countSince(sample, 'deployment.created', fromSeq)).toBe(0);
  });

  it('records the outcome and every finding, and notifies once with the remedies', () => {
    const { findings, passed, eventId } = record();
    expect(passed).toBe(false);
    expect(findings.filter(({ status }) => status === 'NG').map(({ check }) => check)).toEqual([
      'vulnerabilities',
      'roles-trusted',
      'listeners-on-primary',
    ]);
    expect(sample.watcher.record(`pushes/${eventId}/shop.json`)).toMatchObject({
      outcome: 'refused',
      reason: refused.reason,
    });
    const notified = journal()
      .of('notification.published')
      .filter(({ seq }) => seq >= fromSeq);
    expect(notified.map(({ subject }) => subject)).toEqual(['Greengate: shop v2 refused']);
    expect(notified[0]?.message.match(/^ +remedy /gm)).toHaveLength(3);
  });

  it('stays within the number of API calls that the documentation states', () => {
    const page = readFileSync(join(repositoryRoot, 'docs/reference/preflight.md'), 'utf8');
    const stated = Number(/at most (\d+) API calls/.exec(page)?.[1]);
    // Records and notifications are not questions.
    const asked = journal()
      .of('api.called')
      .filter(({ caller, seq }) => caller === 'greengate-preflight' && seq >= fromSeq)
      .filter(({ service }) => service !== 's3' && service !== 'sns');
    expect(stated).toBeLessThanOrEqual(40);
    expect(asked.length).toBeLessThanOrEqual(stated);
    // All checks did ask: fewer would mean that some were skipped for what others found.
    expect(asked.length).toBeGreaterThan(30);
    expect(record().durationMs).toBeLessThan(10_000);
  });

  it('goes on when it is redriven after everything was mended', async () => {
    findVulnerabilities(0);
    await pointTestListenerAt('blue');
    await trustTaskRole('ecs-tasks.amazonaws.com');
    const redrivenFrom = journal().entries.length;
    const { executionArn } = refused;
    await sample.states.send(new RedriveExecutionCommand({ executionArn }));
    expect(await sample.watcher.attempt(executionArn, redrivenFrom)).toMatchObject({
      outcome: 'deployed',
    });
    expect(record()).toMatchObject({ passed: true, redriveCount: 1 });
    expect(record().findings.filter(({ status }) => status === 'NG')).toEqual([]);
    // All was read anew, and nobody was told of a refusal that no longer is.
    const since = <T extends { seq: number }>(entries: readonly T[]) =>
      entries.filter(({ seq }) => seq >= redrivenFrom);
    const asked = since(journal().of('api.called')).filter(
      ({ caller }) => caller === 'greengate-preflight',
    );
    expect(asked.length).toBeGreaterThan(30);
    const told = since(journal().of('notification.published')).map(({ subject }) => subject);
    expect(told.filter((subject) => subject?.includes('refused'))).toEqual([]);
  });

  it('tells the wrong platform together with what else is wrong', async () => {
    await trustTaskRole('lambda.amazonaws.com');
    const fromSeq = journal().entries.length;
    const { digest } = await pushWorkload(sample.simulator, 'team/shop', 'v3', {}, arm64);
    const { executionArn } = await sample.watcher.execution(fromSeq, digest);
    const { outcome, reason } = await sample.watcher.attempt(executionArn, fromSeq);
    await trustTaskRole('ecs-tasks.amazonaws.com');
    expect(outcome).toBe('refused');
    expect(reason).toMatch(
      /2 checks are not good: image-platform: .*linux\/arm64; roles-trusted: /,
    );
  });

  it('is asked for on the command line with the same answers', async () => {
    const run = (image: string) =>
      new Promise<{ code: number | null; stdout: string }>((resolve, reject) => {
        const args = ['--service', 'shop', '--image', image, '--json'];
        const child = spawn(
          process.execPath,
          ['--import', 'tsx', 'cli/preflight.ts', '--endpoint', sample.simulator.endpoint, ...args],
          { cwd: repositoryRoot, stdio: ['ignore', 'pipe', 'inherit'] },
        );
        let stdout = '';
        child.stdout.on('data', (chunk) => {
          stdout += chunk;
        });
        child.once('error', reject);
        child.once('close', (code) => resolve({ code, stdout }));
      });

    const good = await run('v2');
    expect(JSON.parse(good.stdout)).toMatchObject({ service: 'shop', tag: 'v2', passed: true });
    expect(good.code).toBe(0);

    const missing = await run(`sha256:${'f'.repeat(64)}`);
    const { passed, findings } = JSON.parse(missing.stdout) as PreflightRecord;
    expect(findings.filter(({ status }) => status === 'NG').map(({ check }) => check)).toEqual([
      'image-exists',
    ]);
    expect(passed).toBe(false);
    expect(missing.code).toBe(2);
  });

  it('tells a service that is gone together with what else is wrong', async () => {
    const options = clientOptions(sample.simulator);
    await new ElasticLoadBalancingV2Client(options).send(
      new DeleteListenerCommand({ ListenerArn: await testListenerArn() }),
    );
    await new ECSClient(options).send(
      new DeleteServiceCommand({ cluster: 'greengate-sample', service: 'shop', force: true }),
    );
    const gone = await sample.release('v4');
    expect(gone).toMatchObject({ outcome: 'refused', error: 'PreflightRefused' });
    expect(gone.reason).toMatch(
      /2 checks are not good: deployment-controller: .*ECS has no such service; test-listener: /,
    );
  });
});
