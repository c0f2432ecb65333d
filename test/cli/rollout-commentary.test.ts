import { beforeEach, describe, expect, it } from 'vitest';
import { RolloutCommentary } from '../../cli/rehearsal/rollout-commentary.ts';
import type { Stage } from '../../cli/rehearsal/stage.ts';
import { createPainter } from '../../cli/terminal/painter.ts';
import type { JournalEntry } from '../../simulator/core/journal.ts';
import { execution, release } from '../support/builders/releases.ts';
import { phaseReport } from '../support/builders/rollout-records.ts';
import { RollingScene } from '../support/rolling-scene.ts';

const intentKey = 'pushes/event-1/rollout/shop.json';
const progressKey = 'deployments/ROLLOUT1/rollout.json';
const intent = {
  release: release(),
  taskDefinitionArn: release().originalTaskDefinitionArn,
  execution: execution(),
  phases: [phaseReport({ phase: 'before' })],
  answers: { before: {}, since: {} },
  attemptStartedAt: '2026-09-01T10:00:00Z',
};
let documents: Map<string, unknown>;
let commentary: RolloutCommentary;

const entry = (fields: Partial<JournalEntry>) =>
  ({ seq: 0, atMs: 61_000, ...fields }) as JournalEntry;
const started = (taskArn: string, imageDigest: string) =>
  entry({ kind: 'task.started', taskArn, imageDigest, image: 'shop', privateIp: '10.0.0.1' });
const put = (key: string) => entry({ kind: 'object.put', bucket: 'records', key });
const told = (one: JournalEntry) =>
  commentary.tell(one, 1_000).map((line) => line.trim().replaceAll(/ +/g, ' '));

/** One task of v1 runs already. */
function prepare(service = new RollingScene().config.services[0]): void {
  documents = new Map();
  const stage = {
    service,
    releaseOf: (digest: string) => digest,
    watcher: { record: (key: string) => documents.get(key) },
    simulator: { world: { journal: { entries: [started('task/1', 'v1')] } } },
  };
  commentary = new RolloutCommentary(stage as unknown as Stage, createPainter(false));
}

beforeEach(() => prepare());

describe('RolloutCommentary', () => {
  it('counts running tasks by release', () => {
    expect(told(started('task/2', 'v2'))).toEqual(['01:00 tasks v1 1, v2 1']);
    const stopped = { taskArn: 'task/1', imageDigest: 'v1', reason: 'done' };
    expect(told(entry({ kind: 'task.stopped', ...stopped }))).toEqual(['01:00 tasks v2 1']);
    expect(told(entry({ kind: 'task.stopped', ...stopped }))).toEqual([]);
  });

  it('tells checks and answers when they are written, and again for a redrive', () => {
    documents.set(intentKey, intent);
    expect(told(put(intentKey))[0]).toBe('checks before the rollout: pass');
    expect(told(put(intentKey))).toEqual([]);

    const since = { v1: { requests: 4, errors: 0 }, v2: { requests: 2, errors: 1 } };
    documents.set(progressKey, { ...intent, answers: { before: {}, since } });
    expect(told(put(progressKey))).toEqual([
      '01:00 deployment ROLLOUT1',
      '01:00 rollout answers by release: v1 4, v2 2 (1 error)',
    ]);

    documents.set(intentKey, { ...intent, execution: execution({ redriveCount: 1 }) });
    expect(told(put(intentKey))[0]).toBe('checks before the rollout: pass');
  });

  it('says nothing of what is no record, and of a service that CodeDeploy deploys', () => {
    documents.set(progressKey, { phases: 'many' });
    expect(told(put(progressKey))).toEqual([]);
    expect(told(put('deployments/d-1/record.json'))).toEqual([]);
    prepare({
      ...new RollingScene().config.services[0],
      target: { strategy: 'codedeploy' },
    } as never);
    expect(told(started('task/2', 'v2'))).toEqual([]);
  });
});
