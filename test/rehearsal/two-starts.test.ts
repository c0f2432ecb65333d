import { StartExecutionCommand } from '@aws-sdk/client-sfn';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import type { ReleaseRequest } from '../../functions/core/release.ts';
import { digestPart, executionName } from '../../functions/core/workflow/execution-name.ts';
import { pushRecordKeys } from '../../functions/core/workflow/push-record.ts';
import { type OpenSample, openSample } from '../support/simulator/open-sample.ts';
import { ungrantedCalls } from './granted-actions.ts';

const limitMs = 240_000;
let sample: OpenSample;

/** ListExecutions is eventually consistent (Step Functions API reference): here it shows nothing that runs. */
beforeAll(async () => {
  sample = await openSample();
  const { executions } = sample.simulator.models.states;
  const list = executions.list.bind(executions);
  vi.spyOn(executions, 'list').mockImplementation((filter) =>
    list(filter).filter(({ status }) => status !== 'RUNNING'),
  );
}, limitMs);

afterAll(() => sample?.stop());

/** Pushes, and starts an execution of the push beside the one that its event starts; how both ended, in that order. */
async function releaseTwice(
  tag: string,
  buildArgs: Readonly<Record<string, string>>,
  eventIdOf: (request: Pick<ReleaseRequest, 'pushedAt' | 'digest'>) => string,
) {
  const { watcher, states, stateMachineArn, simulator } = sample;
  const pushedAt = new Date(simulator.world.clock.now()).toISOString();
  const { digest, fromSeq } = await sample.push(tag, buildArgs);
  const first = await watcher.execution(fromSeq, digest);
  const eventId = eventIdOf({ pushedAt, digest });
  const request = { service: 'shop', repository: 'team/shop', tag, digest, pushedAt, eventId };
  const { executionArn = '' } = await states.send(
    new StartExecutionCommand({
      stateMachineArn,
      name: executionName(request),
      input: JSON.stringify(request),
    }),
  );
  const ends = [];
  for (const arn of [first.executionArn, executionArn])
    ends.push((await watcher.attempt(arn, fromSeq)).outcome);
  const created = simulator.world.journal
    .of('deployment.created')
    .filter(({ seq, creator }) => seq >= fromSeq && creator !== 'codeDeployRollback');
  const record = watcher.record(pushRecordKeys.outcome(eventId, 'shop'));
  return { ends, deployments: created.length, record };
}

const bySweep = ({ pushedAt, digest }: Pick<ReleaseRequest, 'pushedAt' | 'digest'>) =>
  `sweep-${Date.parse(pushedAt)}-${digestPart(digest)}`;

describe('two executions of one image that neither see each other', { timeout: limitMs }, () => {
  it.each([
    ['a good image', 'v2', {}, 'deployed'],
    ['a bad image', 'v3', { OMIT_FIELD: 'price' }, 'rolled-back'],
  ])('deploy %s once, for its event and for the sweep', async (_, tag, buildArgs, outcome) => {
    const { ends, deployments, record } = await releaseTwice(tag, buildArgs, bySweep);

    expect(ends.toSorted()).toEqual([outcome, 'superseded'].toSorted());
    expect(deployments).toBe(1);
    expect(record).toMatchObject({ outcome: ends[1] });
  });

  it.each([
    ['a good image', 'v4', {}, ['already-running', 'deployed']],
    ['a bad image', 'v5', { OMIT_FIELD: 'price' }, ['rolled-back', 'rolled-back']],
  ])('deploy %s once for two pushes of it', async (_, tag, buildArgs, outcomes) => {
    const { ends, deployments, record } = await releaseTwice(tag, buildArgs, () => 'another-event');

    expect(ends.toSorted()).toEqual(outcomes);
    expect(deployments).toBe(1);
    expect(record).toMatchObject({ outcome: ends[1] });
    expect(ungrantedCalls(sample.simulator)).toEqual([]);
  });
});
