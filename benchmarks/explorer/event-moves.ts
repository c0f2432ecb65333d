import { requestOf } from './executions.ts';
import * as facts from './facts.ts';
import { firstPushMs, startedAtMs } from './instants.ts';
import { begin, type Move, type Moving, move } from './move.ts';
import type { StepName } from './steps.ts';
import { type Waking, type World, wake } from './world.ts';

export function pushes(world: World, { scenario }: Moving): Move[] {
  const push = scenario.pushes[world.pushed];
  if (push === undefined) return [];
  return [
    move(world, `image ${push.image} is pushed as ${push.tag}`, (next) => {
      wake(next, { kind: 'push', push: next.pushed });
      next.pushed++;
    }),
  ];
}

export function deliveries(world: World, moving: Moving): Move[] {
  return world.undelivered.flatMap((waking, position) => {
    const deliver = (again: boolean) =>
      move(
        world,
        `EventBridge delivers ${describe(waking)}${again ? ', and will again' : ''}`,
        (next) => {
          if (!again) next.undelivered.splice(position, 1);
          const started = eventInput(waking, world, moving);
          begin(next, moving, {
            label: `${started.step} for ${describe(waking)}`,
            waking,
            ...started,
          });
        },
        again ? 'duplicate' : undefined,
      );
    return [deliver(false), deliver(true)];
  });
}

export function losses(world: World): Move[] {
  return world.undelivered.map((waking, position) =>
    move(
      world,
      `EventBridge loses ${describe(waking)}`,
      (next) => void next.undelivered.splice(position, 1),
      'lose',
    ),
  );
}

function describe(waking: Waking): string {
  if (waking.kind === 'push') return `the event of push ${waking.push + 1}`;
  if (waking.kind === 'deployment') return `the end of ${facts.deploymentIdOf(waking.deployment)}`;
  return `the end of execution ${waking.execution + 1}`;
}

function eventInput(
  waking: Waking,
  world: World,
  { scenario }: Moving,
): { step: StepName; input: unknown } {
  if (waking.kind === 'push') {
    const push = scenario.pushes[waking.push];
    const detail = {
      'action-type': 'PUSH',
      result: 'SUCCESS',
      'repository-name': 'team/shop',
      'image-digest': facts.digestOf(push?.image ?? 0),
      'image-tag': push?.tag,
    };
    const seconds = Math.floor((firstPushMs + (push?.afterMs ?? 0)) / 1000);
    const time = new Date(seconds * 1000).toISOString();
    const id = `push-${waking.push + 1}`;
    return {
      step: 'receive',
      input: { id, source: 'aws.ecr', 'detail-type': 'ECR Image Action', time, detail },
    };
  }
  if (waking.kind === 'deployment') {
    const { status } = world.deployments[waking.deployment] ?? {};
    const state = { Succeeded: 'SUCCESS', Failed: 'FAILURE', Stopped: 'STOP', InProgress: 'START' };
    return {
      step: 'observe-deployment',
      input: {
        kind: 'state-change',
        eventId: 'event',
        deploymentId: facts.deploymentIdOf(waking.deployment),
        state: state[status ?? 'InProgress'],
        application: 'shop',
        deploymentGroup: 'shop',
      },
    };
  }
  const execution = world.executions[waking.execution];
  if (execution === undefined) throw new Error('no such execution');
  return {
    step: 'observe-execution',
    input: {
      kind: 'execution-ended',
      eventId: 'event',
      executionArn: facts.executionArn(execution.name),
      executionName: execution.name,
      // As it was when the event was made; a redrive may have begun since.
      status: execution.status === 'RUNNING' ? 'FAILED' : execution.status,
      redriveCount: waking.redriveCount,
      startedAt: new Date(startedAtMs(waking.execution)).toISOString(),
      request: requestOf(execution),
      error: execution.error,
      cause: execution.cause,
    },
  };
}
