import {
  DisableRuleCommand,
  EnableRuleCommand,
  EventBridgeClient,
} from '@aws-sdk/client-eventbridge';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { clientOptions } from '../../cli/rehearsal/stage.ts';
import { type OpenSample, openSample } from '../support/simulator/open-sample.ts';
import { ungrantedCalls } from './granted-actions.ts';

const limitMs = 120_000;
let sample: OpenSample;

beforeAll(async () => {
  sample = await openSample();
}, limitMs);

afterAll(() => sample?.stop());

describe('a push whose event is lost', { timeout: limitMs }, () => {
  it('is found by the sweep and deployed, once', async () => {
    const events = new EventBridgeClient(clientOptions(sample.simulator));
    const { journal, clock } = sample.simulator.world;
    const Name = 'greengate-image-pushed';
    await events.send(new DisableRuleCommand({ Name }));
    const { digest, fromSeq } = await sample.push('v2');
    const pushedAtMs = clock.now();
    await clock.sleep(60_000);
    await events.send(new EnableRuleCommand({ Name }));
    // Five minutes of grace, and at most ten until the next sweep.
    await clock.sleep(14 * 60_000);

    const { executionArn } = await sample.watcher.execution(fromSeq, digest);
    const attempt = await sample.watcher.attempt(executionArn, fromSeq);

    expect(attempt.outcome).toBe('deployed');
    const started = journal.of('execution.started').filter(({ seq }) => seq >= fromSeq);
    expect(started.map((one) => one.executionArn)).toEqual([executionArn]);
    expect(started[0]?.input).toMatchObject({ service: 'shop', tag: 'v2', digest });
    expect((started[0]?.atMs ?? 0) - pushedAtMs).toBeLessThanOrEqual(15 * 60_000);
    await clock.sleep(30 * 60_000);
    expect(journal.of('execution.started').filter(({ seq }) => seq >= fromSeq)).toHaveLength(1);
    expect(ungrantedCalls(sample.simulator)).toEqual([]);
  });

  it('that moves a tag back is found too, as the sweep had seen it elsewhere', async () => {
    const events = new EventBridgeClient(clientOptions(sample.simulator));
    const { journal, clock } = sample.simulator.world;
    const Name = 'greengate-image-pushed';
    const first = await sample.release('v-live', { VERSION: 'v3' });
    const second = await sample.release('v-live', { VERSION: 'v4' });
    expect([first.outcome, second.outcome]).toEqual(['deployed', 'deployed']);
    await clock.sleep(10 * 60_000);
    await events.send(new DisableRuleCommand({ Name }));
    const { digest, fromSeq } = await sample.push('v-live', { VERSION: 'v3' });
    const movedAtMs = clock.now();
    await clock.sleep(60_000);
    await events.send(new EnableRuleCommand({ Name }));
    await clock.sleep(20 * 60_000);

    const { executionArn } = await sample.watcher.execution(fromSeq, digest);
    const attempt = await sample.watcher.attempt(executionArn, fromSeq);

    expect(attempt.outcome).toBe('deployed');
    const started = () => journal.of('execution.started').filter(({ seq }) => seq >= fromSeq);
    expect(started().map((one) => one.executionArn)).toEqual([executionArn]);
    expect((started()[0]?.atMs ?? 0) - movedAtMs).toBeLessThanOrEqual(20 * 60_000);
    await clock.sleep(40 * 60_000);
    expect(started()).toHaveLength(1);
    expect(ungrantedCalls(sample.simulator)).toEqual([]);
  });
});
