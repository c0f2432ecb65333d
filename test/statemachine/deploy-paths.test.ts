import { describe, expect, it } from 'vitest';
import { outputOf } from '../simulator/states/workflow-world.ts';
import {
  completed,
  deployed,
  deployWorld,
  failure,
  passedPreflight,
  type RunDeploymentPayload,
  release,
} from './deploy-world.ts';

const throwing = (errors: readonly string[], then: () => unknown) => {
  const left = [...errors];
  return () => {
    const error = left.shift();
    if (error) throw failure(error);
    return then();
  };
};

describe('deploy.asl.json', () => {
  it('deploys: five functions, eight transitions, the outcome as output', async () => {
    const { deploy, calls, model } = deployWorld();
    const execution = await deploy();
    expect(execution.status).toBe('SUCCEEDED');
    expect(calls).toEqual(['resolve', 'preflight', 'register', 'runDeployment', 'verify']);
    expect(outputOf(execution)).toEqual(deployed);
    expect(model.stateTransitions(execution.arn)).toBe(8);
  });

  it.each(['already-running', 'superseded'] as const)(
    'ends well without touching anything when the release is %s',
    async (outcome) => {
      const { deploy, calls } = deployWorld({
        resolve: () => ({ outcome, reason: 'because', release }),
      });
      const execution = await deploy();
      expect(execution.status).toBe('SUCCEEDED');
      expect(calls).toEqual(['resolve']);
      expect(outputOf(execution)).toEqual({
        outcome,
        reason: 'because',
        service: 'shop',
        tag: 'v2',
        digest: release.digest,
      });
    },
  );

  it('does not deploy on an outcome that it does not know', async () => {
    const { deploy, calls } = deployWorld({
      resolve: () => ({ outcome: 'perhaps', reason: 'because', release }),
    });
    const execution = await deploy();
    expect(execution.ending?.error).toBe('States.NoChoiceMatched');
    expect(calls).toEqual(['resolve']);
  });

  it('hands each function what it needs, the identity of the execution included', async () => {
    let seen: RunDeploymentPayload | undefined;
    const world = deployWorld({
      runDeployment: (payload: RunDeploymentPayload) => {
        seen = payload;
        world.model.tokens.succeed(payload.taskToken, JSON.stringify(deployed));
      },
    });
    const execution = await world.deploy();
    expect(seen).toEqual({
      // As preflight completed it, not as it was resolved.
      release: completed,
      taskDefinitionArn: 'td:7',
      taskToken: expect.stringMatching(/^.{100,}$/),
      execution: {
        executionArn: execution.arn,
        executionName: execution.name,
        redriveCount: 0,
        startedAt: expect.stringMatching(/^2026-11-21T/),
      },
    });
  });

  it.each(['resolve', 'preflight', 'register', 'verify'] as const)(
    'repeats %s after transient errors',
    async (name) => {
      const results = {
        resolve: { outcome: 'proceed', reason: 'new', release },
        preflight: passedPreflight,
        register: { taskDefinitionArn: 'td:7', strategy: 'codedeploy', reused: false },
        verify: deployed,
      };
      const errors = ['TransientAwsError', 'Runtime.ExitError', 'Sandbox.Timedout'];
      const { deploy, calls } = deployWorld({ [name]: throwing(errors, () => results[name]) });
      expect((await deploy()).status).toBe('SUCCEEDED');
      expect(calls.filter((call) => call === name)).toHaveLength(4);
    },
  );

  it.each([
    ['resolve', 'InvalidConfigError'],
    ['preflight', 'UnsupportedError'],
    ['preflight', 'PreflightRefused'],
    ['register', 'InvalidConfigError'],
    ['register', 'PermissionDeniedError'],
    ['runDeployment', 'UnsupportedError'],
  ] as const)('ends at the failing task: %s with %s', async (name, error) => {
    const { deploy, calls } = deployWorld({
      [name]: () => {
        throw failure(error);
      },
    });
    const execution = await deploy();
    expect(execution.status).toBe('FAILED');
    expect(execution.ending?.error).toBe(error);
    expect(calls.at(-1)).toBe(name);
    expect(calls.filter((call) => call === name)).toHaveLength(1);
  });

  it.each(['DeploymentRolledBack', 'DeploymentFailed', 'RollbackFailed'])(
    'fails with %s when that is the answer to the token',
    async (error) => {
      const world = deployWorld({
        runDeployment: ({ taskToken }: RunDeploymentPayload) => {
          world.model.tokens.fail(taskToken, error, '{"sentence":"why"}');
        },
      });
      const execution = await world.deploy();
      expect(execution.ending?.error).toBe(error);
      expect(execution.ending?.cause).toBe('{"sentence":"why"}');
      expect(world.calls).toEqual(['resolve', 'preflight', 'register', 'runDeployment']);
    },
  );

  it('looks again with a new token when nobody answered within 15 minutes', async () => {
    const tokens: string[] = [];
    const world = deployWorld({
      runDeployment: ({ taskToken }: RunDeploymentPayload) => {
        tokens.push(taskToken);
        if (tokens.length === 4) {
          world.model.tokens.succeed(taskToken, JSON.stringify(deployed));
        }
      },
    });
    const startedAtMs = world.world.clock.now();
    expect((await world.deploy()).status).toBe('SUCCEEDED');
    expect(new Set(tokens).size).toBe(4);
    expect(world.world.clock.now() - startedAtMs).toBeGreaterThan(3 * 900_000);
  });

  it('waits for a foreign deployment with growing pauses of at most five minutes', async () => {
    const callTimes: number[] = [];
    const world = deployWorld({
      runDeployment: ({ taskToken }: RunDeploymentPayload) => {
        callTimes.push(world.world.clock.now());
        if (callTimes.length <= 30) throw failure('DeploymentConflictError');
        world.model.tokens.succeed(taskToken, JSON.stringify(deployed));
      },
    });
    expect((await world.deploy()).status).toBe('SUCCEEDED');
    const pauses = callTimes.slice(1).map((time, index) => time - (callTimes[index] ?? 0));
    expect(Math.max(...pauses)).toBeLessThanOrEqual(301_000);
    const longest = pauses.slice(10);
    expect(longest.reduce((sum, pause) => sum + pause, 0) / longest.length).toBeGreaterThan(60_000);
  });

  it('ends as superseded when the function says so, by the one Catch', async () => {
    const { deploy } = deployWorld({
      runDeployment: () => {
        throw failure('ReleaseSuperseded', 'v3 was pushed after v2');
      },
    });
    const execution = await deploy();
    expect(execution.status).toBe('SUCCEEDED');
    expect(outputOf(execution)).toMatchObject({
      outcome: 'superseded',
      reason: 'v3 was pushed after v2',
      tag: 'v2',
    });
  });

  it('ends as already running when another execution was quicker, by its Catch', async () => {
    const { deploy, calls } = deployWorld({
      runDeployment: () => {
        throw failure('ReleaseAlreadyRunning', 'Deployment d-X brought this image to production');
      },
    });
    const execution = await deploy();
    expect(execution.status).toBe('SUCCEEDED');
    expect(calls.at(-1)).toBe('runDeployment');
    expect(outputOf(execution)).toEqual({
      outcome: 'already-running',
      reason: 'Deployment d-X brought this image to production',
      service: 'shop',
      tag: 'v2',
      digest: release.digest,
    });
  });

  it('makes an outdated revision anew, from what preflight finds by then', async () => {
    const world = deployWorld({
      runDeployment: ({ taskToken }: RunDeploymentPayload) => {
        if (world.calls.filter((call) => call === 'runDeployment').length === 1) {
          throw failure('RevisionOutdated', 'Production runs shop:7 by now');
        }
        world.model.tokens.succeed(taskToken, JSON.stringify(deployed));
      },
    });
    const execution = await world.deploy();

    expect(execution.status).toBe('SUCCEEDED');
    const round = ['preflight', 'register', 'runDeployment'];
    expect(world.calls).toEqual(['resolve', ...round, ...round, 'verify']);
  });

  it('asks preflight again when a refusal is redriven, and creates nothing before', async () => {
    const redriveCounts: number[] = [];
    const world = deployWorld({
      preflight: (payload: { execution: { redriveCount: number } }) => {
        redriveCounts.push(payload.execution.redriveCount);
        if (payload.execution.redriveCount === 0) throw failure('PreflightRefused');
        return passedPreflight;
      },
    });
    const execution = await world.deploy();
    expect(execution.ending?.error).toBe('PreflightRefused');
    expect(world.calls).toEqual(['resolve', 'preflight']);

    world.model.executions.redrive(execution.arn);
    await world.ended(execution);

    expect(execution.status).toBe('SUCCEEDED');
    expect(redriveCounts).toEqual([0, 1]);
    expect(world.calls.slice(2)).toEqual(['preflight', 'register', 'runDeployment', 'verify']);
  });

  it('can be redriven from the deployment, without resolving or registering again', async () => {
    let broken = true;
    const redriveCounts: number[] = [];
    const world = deployWorld({
      runDeployment: ({ taskToken, execution }: RunDeploymentPayload) => {
        redriveCounts.push(execution.redriveCount);
        if (broken) world.model.tokens.fail(taskToken, 'DeploymentRolledBack', '{}');
        else world.model.tokens.succeed(taskToken, JSON.stringify(deployed));
      },
    });
    const execution = await world.deploy();
    broken = false;
    world.model.executions.redrive(execution.arn);
    await world.ended(execution);
    expect(execution.status).toBe('SUCCEEDED');
    expect(redriveCounts).toEqual([0, 1]);
    expect(world.calls).toEqual([
      'resolve',
      'preflight',
      'register',
      'runDeployment',
      'runDeployment',
      'verify',
    ]);
  });

  it('gives what runs a few more looks before it calls the verification failed', async () => {
    const looks = deployWorld({ verify: throwing(['VerificationFailed'], () => deployed) });
    expect((await looks.deploy()).status).toBe('SUCCEEDED');
    const never = deployWorld({
      verify: () => {
        throw failure('VerificationFailed');
      },
    });
    expect((await never.deploy()).ending?.error).toBe('VerificationFailed');
    expect(never.calls.filter((call) => call === 'verify')).toHaveLength(9);
  });
});
