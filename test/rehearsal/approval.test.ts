import {
  CodeDeployClient,
  PutLifecycleEventHookExecutionStatusCommand,
} from '@aws-sdk/client-codedeploy';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { clientOptions } from '../../cli/rehearsal/stage.ts';
import { countSince, type OpenSample, openSample } from '../support/simulator/open-sample.ts';
import { ungrantedCalls } from './granted-actions.ts';

const limitMs = 180_000;
let sample: OpenSample;

beforeAll(async () => {
  sample = await openSample({
    approval: { required: true, timeoutMinutes: 45 },
    onNewerPush: 'supersede',
  });
}, limitMs);

afterAll(() => sample?.stop());

/** Pushes and waits for the notification that asks for approval. */
async function pushAndWait(tag: string) {
  const { digest, fromSeq } = await sample.push(tag);
  const { executionArn } = await sample.watcher.execution(fromSeq, digest);
  const { message } = await sample.watcher.entry(
    'notification.published',
    fromSeq,
    ({ subject }) => subject?.startsWith('Greengate: shop waits for approval') ?? false,
  );
  const end = () => sample.watcher.attempt(executionArn, fromSeq);
  return { message, fromSeq, digest, end };
}

/** Does what the AWS CLI would do with the line of the notification below a heading. */
async function answer(message: string, heading: 'Approve:' | 'Reject:'): Promise<void> {
  const line = message.split('\n')[message.split('\n').indexOf(heading) + 1] ?? '';
  const option = (name: string) =>
    new RegExp(`--${name} ('[^']*'|\\S+)`).exec(line)?.[1]?.replaceAll("'", '');
  expect(line).toMatch(/^aws deploy put-lifecycle-event-hook-execution-status --region \S+ /);
  const { region } = clientOptions(sample.simulator);
  expect(option('region')).toBe(region);
  await new CodeDeployClient(clientOptions(sample.simulator)).send(
    new PutLifecycleEventHookExecutionStatusCommand({
      deploymentId: option('deployment-id'),
      lifecycleEventHookExecutionId: option('lifecycle-event-hook-execution-id'),
      status: option('status') as 'Succeeded' | 'Failed',
    }),
  );
}

const approvalOf = (deploymentId: string | null) =>
  (sample.watcher.record(`deployments/${deploymentId}/record.json`) as { approval: unknown })
    .approval;

describe('a release that waits for approval', { timeout: limitMs }, () => {
  it('goes on when a person approves with the line of the notification', async () => {
    const { message, fromSeq, end } = await pushAndWait('v2');
    expect(countSince(sample, 'execution.ended', fromSeq)).toBe(0);

    await answer(message, 'Approve:');
    const attempt = await end();

    expect(attempt.outcome).toBe('deployed');
    expect(attempt.reason).toMatch(/, deployment d-\w+, approved by a person at \S+Z$/);
    expect(approvalOf(attempt.deploymentId)).toMatchObject({ answer: 'approved' });
  });

  it('is rolled back when a person rejects it', async () => {
    const { message, end } = await pushAndWait('v3');

    await answer(message, 'Reject:');
    const attempt = await end();

    expect(attempt.outcome).toBe('rolled-back');
    expect(attempt.reason).toMatch(
      /^Rolled back: a person rejected the release at \S+Z, asked at /,
    );
    expect(approvalOf(attempt.deploymentId)).toMatchObject({ answer: 'rejected' });
  });

  it('is rolled back with the truth when nobody answers', async () => {
    const { fromSeq, end } = await pushAndWait('v4');

    const attempt = await end();

    expect(attempt.outcome).toBe('rolled-back');
    expect(attempt.reason).toMatch(
      /^Rolled back: nobody approved the release within 45 minutes, asked at \S+Z$/,
    );
    expect(approvalOf(attempt.deploymentId)).toMatchObject({ answer: 'nobody' });
    const since = sample.simulator.world.journal.entries.slice(fromSeq);
    const event = (kind: 'lifecycle.started' | 'lifecycle.ended') =>
      since.find(
        (entry) =>
          entry.kind === kind &&
          entry.lifecycleEvent === 'BeforeAllowTraffic' &&
          entry.deploymentId === attempt.deploymentId,
      )?.atMs ?? 0;
    const waitedMinutes = (event('lifecycle.ended') - event('lifecycle.started')) / 60_000;
    expect(waitedMinutes).toBeGreaterThanOrEqual(45);
    expect(waitedMinutes).toBeLessThan(56);
  });

  it('gives way to a newer push, production untouched', async () => {
    const older = await pushAndWait('v5');
    const newer = await pushAndWait('v6');

    const superseded = await older.end();

    expect(superseded.outcome).toBe('superseded');
    const [, deploymentId = ''] = /^Deployment: (\S+)$/m.exec(older.message) ?? [];
    expect(approvalOf(deploymentId)).toMatchObject({ answer: 'withdrawn' });
    await answer(newer.message, 'Approve:');
    expect((await newer.end()).outcome).toBe('deployed');
    expect(ungrantedCalls(sample.simulator)).toEqual([]);
  });
});
