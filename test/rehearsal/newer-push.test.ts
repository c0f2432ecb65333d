import { RedriveExecutionCommand } from '@aws-sdk/client-sfn';
import { DeleteParameterCommand, PutParameterCommand, SSMClient } from '@aws-sdk/client-ssm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { clientOptions } from '../../cli/rehearsal/stage.ts';
import { type OpenSample, openSample } from '../support/simulator/open-sample.ts';
import { ungrantedCalls } from './granted-actions.ts';

const limitMs = 120_000;
let sample: OpenSample;

beforeAll(async () => {
  sample = await openSample({ onNewerPush: 'supersede' });
}, limitMs);

afterAll(() => sample?.stop());

describe('a push while an older release is installed', { timeout: limitMs }, () => {
  it('takes its place before production has seen it', async () => {
    const { journal } = sample.simulator.world;
    const fromSeq = journal.entries.length;
    const older = await sample.push('v2');
    const olderExecution = await sample.watcher.execution(fromSeq, older.digest);
    await sample.watcher.entry(
      'lifecycle.started',
      fromSeq,
      ({ lifecycleEvent }) => lifecycleEvent === 'AfterInstall',
    );
    const newer = await sample.push('v3');
    const newerExecution = await sample.watcher.execution(newer.fromSeq, newer.digest);

    const superseded = await sample.watcher.attempt(olderExecution.executionArn, fromSeq);
    const deployed = await sample.watcher.attempt(newerExecution.executionArn, fromSeq);

    expect(superseded).toMatchObject({
      outcome: 'superseded',
      reason: `image v3 (${newer.digest.slice(0, 19)}) was pushed before production saw this one`,
    });
    expect(deployed.outcome).toBe('deployed');
    const shifts = journal
      .of('lifecycle.started')
      .filter(({ seq, lifecycleEvent }) => seq >= fromSeq && lifecycleEvent === 'AllowTraffic');
    expect(shifts.map(({ deploymentId }) => deploymentId)).not.toContain(superseded.deploymentId);
    expect(ungrantedCalls(sample.simulator)).toEqual([]);
  });
});

describe('a push while the line is stopped', { timeout: limitMs }, () => {
  it('is refused with the reason that somebody gave, and deployed by a redrive afterwards', async () => {
    const parameters = new SSMClient(clientOptions(sample.simulator));
    const Name = '/greengate/stop-the-line/shop';
    await parameters.send(
      new PutParameterCommand({ Name, Value: 'incident 42, ask Kim', Type: 'String' }),
    );
    const { digest, fromSeq } = await sample.push('v4');
    const { executionArn } = await sample.watcher.execution(fromSeq, digest);
    const held = await sample.watcher.attempt(executionArn, fromSeq);
    const { message } = await sample.watcher.entry('notification.published', fromSeq, () => true);
    await parameters.send(new DeleteParameterCommand({ Name }));
    const redriven = sample.simulator.world.journal.entries.length;
    await sample.states.send(new RedriveExecutionCommand({ executionArn }));
    const attempt = await sample.watcher.attempt(executionArn, redriven);

    expect(held.reason).toContain('parameter /greengate/stop-the-line/shop: incident 42, ask Kim');
    expect(message).toContain('Outcome: refused');
    expect(attempt.outcome).toBe('deployed');
    expect(ungrantedCalls(sample.simulator)).toEqual([]);
  });
});
