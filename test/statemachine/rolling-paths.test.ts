import { describe, expect, it } from 'vitest';
import { outputOf } from '../simulator/states/workflow-world.ts';
import { deployed, deployWorld, failure } from './deploy-world.ts';

const register = () => ({ taskDefinitionArn: 'td:7', strategy: 'ecs-rolling', reused: false });

interface RollOutPayload {
  readonly taskDefinitionArn: string;
  readonly attemptStartedAt: string;
  readonly execution: { readonly redriveCount: number; readonly startedAt: string };
}

/** A world whose RollOut goes through `answers`, an error name or the deployed release, one by try. */
function rollingWorld(answers: readonly string[]) {
  const seen: RollOutPayload[] = [];
  const world = deployWorld({
    register,
    rollOut: (payload: RollOutPayload) => {
      const answer = answers[seen.push(payload) - 1];
      if (answer !== 'deployed') throw failure(answer ?? 'none left');
      return deployed;
    },
  });
  return { ...world, seen };
}

describe('deploy.asl.json for a rolling update', () => {
  it('goes by RollOut to the end, which has verified the release itself', async () => {
    const { deploy, calls, seen } = rollingWorld(['deployed']);
    const execution = await deploy();

    expect(execution.status).toBe('SUCCEEDED');
    expect(calls).toEqual(['resolve', 'preflight', 'register', 'rollOut']);
    expect(outputOf(execution)).toEqual(deployed);
    expect(seen[0]).toMatchObject({ taskDefinitionArn: 'td:7' });
    expect(seen[0]?.attemptStartedAt).toBe(seen[0]?.execution.startedAt);
  });

  it('goes on while the rollout runs, as the same attempt', async () => {
    const { deploy, seen } = rollingWorld(['RolloutRunning', 'RolloutRunning', 'deployed']);

    expect((await deploy()).status).toBe('SUCCEEDED');
    expect(seen).toHaveLength(3);
    expect(new Set(seen.map(({ attemptStartedAt }) => attemptStartedAt)).size).toBe(1);
  });

  it('is another attempt when it is redriven', async () => {
    const { begin, ended, model, seen } = rollingWorld(['DeploymentRolledBack', 'deployed']);
    const execution = begin();
    await ended(execution);
    expect(execution.ending?.error).toBe('DeploymentRolledBack');
    model.executions.redrive(execution.arn);
    await ended(execution);

    const [first, second] = seen.map(({ attemptStartedAt }) => Date.parse(attemptStartedAt));
    expect(second).toBeGreaterThanOrEqual(first ?? Number.NaN);
    expect(seen[1]?.execution.redriveCount).toBe(1);
    expect(seen[1]?.attemptStartedAt).not.toBe(seen[1]?.execution.startedAt);
  });

  it('makes a revision that became outdated anew, from preflight on', async () => {
    const { deploy, calls } = rollingWorld(['RevisionOutdated', 'deployed']);

    expect((await deploy()).status).toBe('SUCCEEDED');
    expect(calls).toEqual([
      'resolve',
      ...['preflight', 'register', 'rollOut'],
      ...['preflight', 'register', 'rollOut'],
    ]);
  });

  it('yields to a newer image', async () => {
    const { deploy } = rollingWorld(['ReleaseSuperseded']);
    const execution = await deploy();

    expect(execution.status).toBe('SUCCEEDED');
    expect(outputOf(execution)).toMatchObject({
      outcome: 'superseded',
      reason: 'told by the test',
    });
  });

  it('fails for a strategy that nobody knows', async () => {
    const { deploy, calls } = deployWorld({
      register: () => ({ taskDefinitionArn: 'td:7', strategy: 'canary', reused: false }),
    });

    expect((await deploy()).ending?.error).toBe('States.NoChoiceMatched');
    expect(calls.at(-1)).toBe('register');
  });
});
