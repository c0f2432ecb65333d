import {
  CodeDeployClient,
  GetDeploymentCommand,
  StopDeploymentCommand,
} from '@aws-sdk/client-codedeploy';
import { BatchGetImageCommand, ECRClient, PutImageCommand } from '@aws-sdk/client-ecr';
import {
  DisableRuleCommand,
  EnableRuleCommand,
  EventBridgeClient,
} from '@aws-sdk/client-eventbridge';
import {
  DescribeExecutionCommand,
  RedriveExecutionCommand,
  StopExecutionCommand,
} from '@aws-sdk/client-sfn';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { clientOptions } from '../../cli/rehearsal/stage.ts';
import { countSince, type OpenSample, openSample } from '../support/simulator/open-sample.ts';
import { ungrantedCalls } from './granted-actions.ts';

const limitMs = 120_000;
let sample: OpenSample;

beforeAll(async () => {
  sample = await openSample();
}, limitMs);

afterAll(() => sample?.stop());

const journal = () => sample.simulator.world.journal;
const now = () => journal().entries.length;

describe('a rehearsed controller', { timeout: limitMs }, () => {
  it('finds its deployment again when the event of its end is lost', async () => {
    const events = new EventBridgeClient(clientOptions(sample.simulator));
    const Name = 'greengate-deployment-changed';
    await events.send(new DisableRuleCommand({ Name }));
    const release = await sample.release('v2');
    await events.send(new EnableRuleCommand({ Name }));
    expect(release).toMatchObject({ status: 'SUCCEEDED', outcome: 'deployed' });
    const created = journal().of('deployment.created');
    expect(created.map(({ deploymentId }) => deploymentId)).toEqual([release.deploymentId]);
  });

  it('changes nothing when every event so far is delivered once more', async () => {
    const changes = () => ({
      executions: countSince(sample, 'execution.started', 0),
      deployments: countSince(sample, 'deployment.created', 0),
      notifications: countSince(sample, 'notification.published', 0),
      weights: countSince(sample, 'listener.weights', 0),
      tasks: countSince(sample, 'task.started', 0),
    });
    const before = changes();
    const deliveriesBefore = countSince(sample, 'event.delivered', 0);
    for (const { id } of journal().of('event.published')) {
      sample.simulator.world.services.events.redeliver(id);
    }
    // Virtual time passes only once nothing is in flight any more.
    await sample.simulator.world.clock.sleep(600_000);
    expect(countSince(sample, 'event.delivered', 0)).toBeGreaterThan(deliveriesBefore);
    expect(changes()).toEqual(before);
  });

  it('answers a new execution with the input of a finished one: already running', async () => {
    const [first] = journal().of('execution.started');
    const fromSeq = now();
    const release = await sample.start(first?.input);
    expect(release).toMatchObject({ status: 'SUCCEEDED', outcome: 'already-running' });
    expect(countSince(sample, 'deployment.created', fromSeq)).toBe(0);
  });

  it('lets the newest of three quick pushes win, one deployment at a time', async () => {
    const fromSeq = now();
    const digests = [];
    for (const tag of ['v3', 'v4', 'v5']) digests.push((await sample.push(tag)).digest);
    const attempts = [];
    for (const digest of digests) {
      const { executionArn } = await sample.watcher.execution(fromSeq, digest);
      attempts.push(await sample.watcher.attempt(executionArn, fromSeq));
    }
    expect(attempts.at(-1)?.outcome).toBe('deployed');
    for (const { outcome } of attempts.slice(0, -1)) {
      expect(['deployed', 'superseded']).toContain(outcome);
    }
    expect(attempts.map(({ outcome }) => outcome)).toContain('superseded');
    expect(overlappingDeployments(fromSeq)).toEqual([]);
  });

  it('rolls back when somebody stops the execution, and its record says why', async () => {
    const fromSeq = now();
    const { digest } = await sample.push('v5-stopped');
    const { executionArn, name } = await sample.watcher.execution(fromSeq, digest);
    await sample.watcher.entry(
      'lifecycle.started',
      fromSeq,
      ({ lifecycleEvent }) => lifecycleEvent === 'AfterInstall',
    );
    const why = { error: 'Operator', cause: 'wrong tag' };
    await sample.states.send(new StopExecutionCommand({ executionArn, ...why }));
    await sample.watcher.entry('notification.published', fromSeq, () => true);
    const started = journal().of('execution.started').at(-1);
    const input = started?.input as { readonly eventId: string } | undefined;
    expect(sample.watcher.record(`pushes/${input?.eventId}/shop.json`)).toMatchObject({
      executionName: name,
      outcome: 'rolled-back',
      reason: `Rolled back: execution ${name} was stopped: Operator: wrong tag`,
    });
    await sample.simulator.world.clock.sleep(600_000);
    expect(countSince(sample, 'notification.published', fromSeq)).toBe(1);
  });

  it('rolls back when somebody stops the deployment from the console, and says so', async () => {
    const codedeploy = new CodeDeployClient(clientOptions(sample.simulator));
    const fromSeq = now();
    const unsubscribe = journal().subscribe((entry) => {
      if (entry.kind !== 'lifecycle.started' || entry.lifecycleEvent !== 'AllowTraffic') return;
      unsubscribe();
      void codedeploy.send(
        new StopDeploymentCommand({
          deploymentId: entry.deploymentId,
          autoRollbackEnabled: true,
        }),
      );
    });
    const release = await sample.release('v6');
    expect(release).toMatchObject({ status: 'FAILED', error: 'DeploymentRolledBack' });
    expect(release.outcome).toBe('rolled-back');
    const { deploymentInfo } = await codedeploy.send(
      new GetDeploymentCommand({ deploymentId: release.deploymentId ?? '' }),
    );
    expect(deploymentInfo?.status).toBe('Stopped');
    expect(deploymentInfo?.rollbackInfo?.rollbackDeploymentId).toMatch(/^d-[A-Z0-9]{9}$/);
    expect(countSince(sample, 'notification.published', fromSeq)).toBe(1);
  });

  it('deploys the same image by redriving the stopped execution', async () => {
    const failed = journal().of('execution.ended').at(-1);
    const executionArn = failed?.executionArn ?? '';
    const fromSeq = now();
    await sample.states.send(new RedriveExecutionCommand({ executionArn }));
    const attempt = await sample.watcher.attempt(executionArn, fromSeq);
    expect(attempt.outcome).toBe('deployed');
    const described = await sample.states.send(new DescribeExecutionCommand({ executionArn }));
    expect(described.redriveCount).toBe(1);
  });

  it('goes back when an earlier image gets its tag again', async () => {
    const ecr = new ECRClient(clientOptions(sample.simulator));
    const repositoryName = 'team/shop';
    const { images = [] } = await ecr.send(
      new BatchGetImageCommand({
        repositoryName,
        imageIds: [{ imageTag: 'v5' }],
        acceptedMediaTypes: ['application/vnd.oci.image.index.v1+json'],
      }),
    );
    const fromSeq = now();
    await ecr.send(
      new PutImageCommand({
        repositoryName,
        imageManifest: images[0]?.imageManifest,
        imageManifestMediaType: images[0]?.imageManifestMediaType,
        imageTag: 'v7-again-v5',
      }),
    );
    const { executionArn } = await sample.watcher.execution(
      fromSeq,
      images[0]?.imageId?.imageDigest ?? '',
    );
    expect((await sample.watcher.attempt(executionArn, fromSeq)).outcome).toBe('deployed');
  });
});

describe('the roles', () => {
  it('name every action that their functions called in all of these scenarios', () => {
    const callers = new Set(
      journal()
        .of('api.called')
        .map(({ caller }) => caller),
    );
    expect(callers.size).toBe(16);
    expect(ungrantedCalls(sample.simulator)).toEqual([]);
  });
});

/** Pairs of deployments, rollbacks included, that were active at the same time. */
function overlappingDeployments(fromSeq: number): string[] {
  let active: string | undefined;
  const overlaps: string[] = [];
  for (const entry of journal().entries) {
    if (entry.seq < fromSeq) continue;
    if (entry.kind === 'deployment.created') {
      if (active) overlaps.push(`${active} and ${entry.deploymentId}`);
      active = entry.deploymentId;
    }
    if (entry.kind !== 'deployment.status') continue;
    const ended = ['Succeeded', 'Failed', 'Stopped'].includes(entry.status);
    if (ended && entry.deploymentId === active) active = undefined;
  }
  return overlaps;
}
