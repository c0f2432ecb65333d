import { describe, expect, it } from 'vitest';
import { explainRelease } from '../../../cli/release/explained-release.ts';
import { followExecution } from '../../../cli/release/follow-execution.ts';
import { narrateRelease } from '../../../cli/release/narrate-release.ts';
import { releaseReport } from '../../../cli/release/release-report.ts';
import { renderExplanation } from '../../../cli/release/render-explanation.ts';
import { renderJUnit } from '../../../cli/release/render-junit.ts';
import { renderSummary } from '../../../cli/release/render-summary.ts';
import { createPainter } from '../../../cli/terminal/painter.ts';
import { execution, release } from '../../support/builders/releases.ts';
import { answersWell, phaseReport, rolloutRecord } from '../../support/builders/rollout-records.ts';
import { rollout } from '../../support/fakes/fake-service-deployments.ts';
import {
  executionAt,
  executionName,
  type FakeAccount,
  prepareFollower,
  request,
} from './fake-account.ts';

const nowMs = Date.parse('2026-09-01T10:00:00.000Z');
const untilMs = nowMs + 3_600_000;
const paint = createPainter(false);
const intentKey = 'pushes/event-1/rollout/shop.json';
const progressKey = 'deployments/AAAAAAAA1/rollout.json';
const failed = phaseReport({
  phase: 'during',
  verdict: 'fail',
  checks: [
    answersWell,
    { ...answersWell, name: '/products', verdict: 'fail', sentence: 'GET /products: got 500' },
  ],
});
const before = phaseReport({ phase: 'before' });
const during = phaseReport({ phase: 'during' });
const nothing = { before: {}, since: {} };
const one = {
  before: {},
  since: { v1: { requests: 5, errors: 0 }, v7: { requests: 1, errors: 1 } },
};
const two = {
  before: {},
  since: { v1: { requests: 8, errors: 0 }, v7: { requests: 4, errors: 2 } },
};

const progress = {
  release: release({ tag: 'v7' }),
  taskDefinitionArn: release().originalTaskDefinitionArn,
  execution: execution({ executionName }),
  phases: [before],
  answers: nothing,
};
const intent = { ...progress, attemptStartedAt: '2026-09-01T10:00:00Z' };
const rolledBack = rolloutRecord({
  ...progress,
  outcome: 'rolled-back',
  error: 'DeploymentRolledBack',
  reason: 'Rolled back: checks failed during the rollout',
  rollout: rollout({ status: 'ROLLBACK_SUCCESSFUL' }),
  phases: [before, failed],
  answers: two,
  stop: {
    cause: 'check-failed',
    sentence: 'checks failed during the rollout',
    requestedAt: '2026-09-01T10:03:00Z',
    evidence: ['GET /products: got 500'],
  },
  stoppedTasks: ['Essential container in task exited'],
  notJudged: ['old against new'],
  back: { checks: [answersWell] },
} as never);

const set =
  (...documents: [string, unknown][]) =>
  (account: FakeAccount) => {
    for (const [key, document] of documents) account.documents.set(key, document);
  };

function finished(account: FakeAccount): void {
  account.documents.set('deployments/AAAAAAAA1/record.json', rolledBack);
  account.documents.set('pushes/event-1/shop.json', {
    ...request,
    ...{ executionName, redriveCount: 0, deploymentId: 'AAAAAAAA1' },
    ...{ outcome: 'rolled-back', reason: rolledBack.reason },
  });
  account.all.splice(0, 1, executionAt(nowMs, { status: 'FAILED', endedAtMs: nowMs + 60_000 }));
}

function follower(...steps: ((account: FakeAccount) => void)[]) {
  const prepared = prepareFollower(...steps);
  const states = ['Preflight', 'RollOut'].map((name) => ({ name, atMs: nowMs }));
  prepared.account.progressNow = { states, redrives: 0, deploymentId: undefined };
  prepared.account.all.push(executionAt(nowMs));
  return prepared;
}

describe('followExecution of a rolling update', () => {
  it('tells its checks, its id and who answered, each once, and ends with what failed', async () => {
    const { deps, told } = follower(
      set([intentKey, intent]),
      set(
        [intentKey, { ...intent, deploymentId: 'AAAAAAAA1' }],
        [progressKey, { ...progress, phases: [before, during], answers: one }],
      ),
      set([progressKey, { ...progress, phases: [before, during], answers: two }]),
      () => undefined,
      finished,
    );
    const followed = await followExecution(executionAt(nowMs), untilMs, deps);

    expect(followed).toMatchObject({ kind: 'ended', hooks: [], phases: [before, failed] });
    expect(
      told.flatMap((news) => {
        if (news.kind === 'phase') return [`${news.report.phase} ${news.report.verdict}`];
        if (news.kind === 'answers') return [`answers ${news.since.v7?.requests}`];
        return news.kind === 'deployment' ? [news.deploymentId] : [];
      }),
    ).toEqual(['before pass', 'AAAAAAAA1', 'answers 1', 'during pass', 'answers 4', 'during fail']);
  });

  it('says in a bake only what changes a verdict', async () => {
    const bake = phaseReport({ phase: 'bake' });
    const baking = (answers: typeof one) =>
      set([progressKey, { ...progress, phases: [before, bake], answers }]);
    const { deps, told } = follower(
      set([intentKey, { ...intent, deploymentId: 'AAAAAAAA1' }]),
      baking(one),
      baking(two),
    );
    await followExecution(executionAt(nowMs), nowMs + 30_000, deps);

    expect(told.filter(({ kind }) => kind === 'answers')).toEqual([]);
    expect(told.filter(({ kind }) => kind === 'phase')).toHaveLength(2);
  });

  it.each([
    ['of another attempt', { ...intent, execution: execution({ executionName, redriveCount: 1 }) }],
    ['of somebody else', { ...intent, phases: [{ phase: 'before' }] }],
  ])('leaves out what is on record %s', async (_, document) => {
    const { deps, told } = follower(set([intentKey, document]));
    await followExecution(executionAt(nowMs), nowMs + 20_000, deps);

    expect(told.map(({ kind }) => kind)).toEqual(['state', 'state']);
  });
});

describe('what is said of a rolling update', () => {
  async function ended() {
    const { account, deps } = follower(() => undefined);
    set([intentKey, { ...intent, deploymentId: 'AAAAAAAA1' }])(account);
    finished(account);
    return { account, followed: await followExecution(executionAt(nowMs), untilMs, deps) };
  }

  it('names phases and releases at the terminal', () => {
    const lines = [
      ...narrateRelease({ kind: 'phase', report: failed }, '00:10', paint),
      ...narrateRelease({ kind: 'answers', since: two.since }, '00:12', paint),
    ].map((line) => line.trim().replaceAll(/ +/g, ' '));

    expect(lines).toEqual([
      'checks during the rollout: fail',
      '+ production answers: 6 of 6',
      '! GET /products: got 500',
      '00:12 rollout answers by release: v1 8, v7 4 (2 errors)',
    ]);
  });

  it('stands in JUnit and in the summary, check by check', async () => {
    const { followed } = await ended();
    const report = releaseReport(request, followed);

    const xml = renderJUnit(report);
    expect(xml).toContain('<testsuite name="rollout-before" tests="1" failures="0"');
    expect(xml).toContain(
      '<testcase classname="greengate.rollout-during" name="/products" time="0.000"><failure message="fail: GET /products: got 500"/>',
    );
    const summary = renderSummary(report);
    expect(summary).toMatch(/\| during the rollout \| \\?\/products \| fail \| GET /);
    expect(summary).toContain('| Deployment | AAAAAAAA1 |');
  });

  it('is explained with the way back and what could not be judged', async () => {
    const { account } = await ended();
    const explained = await explainRelease(account, executionName);
    const text = renderExplanation(explained, paint).join('\n');

    expect(explained.rollout?.record?.outcome).toBe('rolled-back');
    expect(text).toContain('rollout    AAAAAAAA1');
    expect(text).toContain('started by image-push');
    expect(text).toContain('during the rollout: fail');
    expect(text).toContain('since then: v1 8, v7 4 (2 errors)');
    expect(text).toContain('not judged old against new: needs two listeners');
    expect(text).toContain('tasks      Essential container in task exited');
    expect(text).toContain('stopped    by Greengate, check-failed: checks failed during');
    expect(text).toContain('way back   by ECS, ROLLBACK_SUCCESSFUL');
  });
});
