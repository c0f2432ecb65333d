import type { Model } from './answer.ts';
import { answer, endDeployment, isTimeless, stopDeployment } from './answer.ts';
import { documentOf, intern } from './documents.ts';
import { endTask, requestOf, retryTask, taskInput } from './executions.ts';
import * as facts from './facts.ts';
import { firstPushMs, startedAt } from './instants.ts';
import type { Call, Node, ReplayTree, Standing } from './replay.ts';
import type { StepName } from './steps.ts';
import {
  type Budget,
  fork,
  type Process,
  replace,
  type Waking,
  type World,
  wake,
} from './world.ts';

export interface Move {
  /** In plain words, for a counterexample. */
  readonly label: string;
  /** What it costs; a move without happens by itself, sooner or later. */
  readonly costs?: keyof Budget;
  /** Undefined where it would only repeat another. */
  apply(): Promise<World | undefined>;
}

/** Seeds a bug: what a step sees through it is as if the step did not look properly. */
export type Lens = (
  invocation: Pick<Node, 'step' | 'input'>,
  call: Call,
  reply: unknown,
) => unknown;

export interface Moving extends Model {
  readonly tree: ReplayTree;
  readonly lens?: Lens | undefined;
  /** Whether a replacement may be installed before a function has ended that ran when its deployment was created. */
  readonly slowFunctions?: boolean | undefined;
}

export function movesOf(world: World, moving: Moving): Move[] {
  const { scenario } = moving;
  const spent = Object.values(world.spent).reduce((sum, times) => sum + times, 0);
  const can = (fault: keyof Budget) =>
    spent < scenario.faults && (world.spent[fault] ?? 0) < (scenario.budget[fault] ?? 0);
  const room = world.processes.length < scenario.atOnce;
  const moves = [
    ...processMoves(world, moving),
    ...deploymentMoves(world, moving),
    ...claimsExpire(world),
    ...(room ? invocations(world, moving) : []),
    ...(room ? deliveries(world, moving) : []),
    ...pushes(world, moving),
    ...(room ? sweeps(world, moving) : []),
    ...timeouts(world),
    ...losses(world),
    ...people(world, moving),
  ];
  return moves.filter(({ costs }) => costs === undefined || can(costs));
}

/** A move that costs notes it; `change` gets a copy. */
function move(
  world: World,
  label: string,
  change: (next: World) => unknown,
  costs?: keyof Budget,
): Move {
  return {
    label,
    ...(costs && { costs }),
    apply: async () => {
      const next = fork(world);
      if (costs !== undefined) next.spent[costs] = (next.spent[costs] ?? 0) + 1;
      return (await change(next)) === 'no-move' ? undefined : next;
    },
  };
}

function pushes(world: World, { scenario }: Moving): Move[] {
  const push = scenario.pushes[world.pushed];
  if (push === undefined) return [];
  return [
    move(world, `image ${push.image} is pushed as ${push.tag}`, (next) => {
      wake(next, { kind: 'push', push: next.pushed });
      next.pushed++;
    }),
  ];
}

function deploymentMoves(world: World, moving: Moving): Move[] {
  return world.deployments.flatMap((one, index) => {
    const id = facts.deploymentIdOf(index);
    const to = (phase: 'installed' | 'shifting' | 'moved' | 'kept', says: string) =>
      move(world, `${id} ${says}`, (next) => {
        replace(next.deployments, index, { phase, reached: phase });
        if (phase === 'moved') next.primary = index;
      });
    const fails = (why: string) =>
      move(world, `${id} fails ${why}`, (next) => endDeployment(next, index, 'Failed'));
    const fate = moving.scenario.fates[one.image];
    if (one.linkDue) return [beginRollback(world, index)];
    if (one.phase === 'rolling') return rollbackEnds(world, index);
    if (one.phase === 'created') {
      if (fate === 'early') return [fails('before Install')];
      return outlasts(world, index, moving) ? [to('installed', 'installs')] : [];
    }
    if (one.phase === 'installed') {
      return fate === 'bad'
        ? [fails('at the test listener')]
        : [to('shifting', 'shifts production')];
    }
    if (one.phase === 'shifting') return [to('moved', 'has shifted production')];
    if (one.phase === 'moved') {
      return fate === 'late'
        ? [fails('after production was shifted')]
        : [to('kept', 'is judged good')];
    }
    if (one.phase !== 'kept') return [];
    return [move(world, `${id} succeeds`, (next) => endDeployment(next, index, 'Succeeded'))];
  });
}

/** Time passes: who claimed a notification and is gone has died of a crash (functions/core/notification/notify-once.ts). */
function claimsExpire(world: World): Move[] {
  if (world.processes.length > 0) return [];
  const stale = Object.entries(world.records).filter(([key, number]) => {
    const claim = documentOf(number);
    return key.includes('notification') && isFreshClaim(claim);
  });
  if (stale.length === 0) return [];
  const pass = (next: World) => {
    for (const [key, number] of stale) {
      const claimedAt = new Date(firstPushMs).toISOString();
      next.records[key] = intern({ ...(documentOf(number) as object), claimedAt });
    }
  };
  return [move(world, 'two minutes pass', pass)];
}

function isFreshClaim(document: unknown): boolean {
  const { claimedAt, sentAt } = document as { claimedAt?: string; sentAt?: string };
  return sentAt === undefined && Date.parse(claimedAt ?? '') > firstPushMs;
}

/** To install a replacement takes minutes: functions that were at work when it began have ended by then. */
function outlasts({ processes }: World, index: number, { slowFunctions }: Moving): boolean {
  const since = processes.filter(({ task }) => task !== undefined);
  return slowFunctions === true || !since.some(({ born }) => born <= index);
}

function beginRollback(world: World, index: number): Move {
  const id = facts.deploymentIdOf(index);
  return move(world, `CodeDeploy begins to roll ${id} back`, (next) => {
    const { image, revision, original, group } = next.deployments[
      index
    ] as (typeof next.deployments)[0];
    const rollback = next.deployments.length;
    const { linkDue: _, ...linked } = next.deployments[index] as (typeof next.deployments)[0];
    next.deployments[index] = { ...linked, rollback };
    next.deployments.push({
      image,
      revision,
      original,
      group,
      phase: 'rolling',
      status: 'InProgress',
      reached: 'rolling',
      rollbackOf: index,
    });
  });
}

function rollbackEnds(world: World, index: number): Move[] {
  const id = facts.deploymentIdOf(index);
  const { rollbackOf = -1, original = -1 } = world.deployments[index] ?? {};
  return [
    move(world, `rollback ${id} succeeds`, (next) => {
      if (next.primary === rollbackOf) next.primary = original;
      endDeployment(next, index, 'Succeeded');
    }),
    move(
      world,
      `rollback ${id} fails`,
      (next) => {
        next.disturbed = true;
        endDeployment(next, index, 'Failed');
      },
      'rollbackFails',
    ),
  ];
}

function begin(
  next: World,
  { tree }: Moving,
  process: Pick<Process, 'label' | 'task' | 'waking'> & { step: StepName; input: unknown },
): void {
  const { step, input, ...about } = process;
  next.processes.push({ ...about, node: tree.root(step, input), born: next.deployments.length });
}

function invocations(world: World, moving: Moving): Move[] {
  return world.executions.flatMap((execution, index) => {
    if (execution.phase !== 'due') return [];
    const { task, attempt, name } = execution;
    return [
      move(world, `${name} invokes ${task}`, (next) => {
        replace(next.executions, index, { phase: 'invoked' });
        const label = `${task} of ${name}`;
        const owner = { execution: index, name: task, attempt };
        begin(next, moving, { label, task: owner, ...taskInput(index, execution) });
      }),
    ];
  });
}

function deliveries(world: World, moving: Moving): Move[] {
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

function losses(world: World): Move[] {
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
      startedAt: startedAt,
      request: requestOf(execution),
      error: execution.error,
      cause: execution.cause,
    },
  };
}

function sweeps(world: World, moving: Moving): Move[] {
  return [
    move(
      world,
      'the sweep begins',
      (next) => begin(next, moving, { label: 'sweep', step: 'sweep', input: undefined }),
      'sweep',
    ),
  ];
}

function timeouts(world: World): Move[] {
  return world.executions.flatMap(({ phase, name }, index) =>
    phase === 'waiting'
      ? [move(world, `the token of ${name} times out`, (next) => retryTask(next, index), 'timeout')]
      : [],
  );
}

function people(world: World, { scenario }: Moving): Move[] {
  const executions = world.executions.flatMap(({ name, status, redriveCount }, index) => {
    if (status === 'RUNNING') {
      const stop = (next: World) => {
        next.disturbed = true;
        replace(next.executions, index, { phase: 'over', status: 'ABORTED' });
        wake(next, { kind: 'execution', execution: index, redriveCount });
      };
      return [move(world, `a person stops ${name}`, stop, 'stopExecution')];
    }
    if (status === 'SUCCEEDED') return [];
    const redrive = (next: World) => {
      const {
        error: _,
        cause: __,
        ...failed
      } = next.executions[index] as (typeof next.executions)[0];
      next.executions[index] = {
        ...failed,
        status: 'RUNNING',
        redriveCount: redriveCount + 1,
        failedVerifications: 0,
      };
      // Whoever has the newest image released again wants it to run.
      if (isNewest(next, index, scenario)) next.disturbed = false;
      retryTask(next, index);
    };
    return [move(world, `a person redrives ${name}`, redrive, 'redrive')];
  });
  const deployments = world.deployments.flatMap(({ phase, rollbackOf }, index) => {
    if (phase === 'ended' || rollbackOf !== undefined) return [];
    const stop = (next: World) => {
      next.disturbed = true;
      stopDeployment(next, index);
    };
    return [move(world, `a person stops ${facts.deploymentIdOf(index)}`, stop, 'stopDeployment')];
  });
  return [...executions, ...deployments];
}

function processMoves(world: World, moving: Moving): Move[] {
  return world.processes.flatMap((process, position) => {
    const afterwards = async (next: World) => {
      const executions = [...next.executions];
      if ((await callNext(next, position, moving)) === 'goes-on') return 'no-move';
      // All that it did stays done; that it has ended nobody hears.
      const { task, waking } = process;
      if (isAwaited(world, process)) {
        const execution = executions[process.task.execution];
        if (execution !== undefined) next.executions[process.task.execution] = execution;
        retryTask(next, process.task.execution);
      }
      if (task === undefined && waking !== undefined) wake(next, waking);
      return undefined;
    };
    const crash = (next: World) => {
      next.processes.splice(position, 1);
      if (process.waking !== undefined) wake(next, process.waking);
      if (isAwaited(world, process)) retryTask(next, process.task.execution);
    };
    const orphan = (next: World) => {
      if (isAwaited(world, process)) retryTask(next, process.task.execution);
    };
    return [
      move(world, process.label, (next) => callNext(next, position, moving)),
      move(world, `${process.label} dies`, crash, 'crash'),
      move(world, `${process.label} does its last call and dies`, afterwards, 'crash'),
      ...(isAwaited(world, process)
        ? [
            move(
              world,
              `Step Functions gives up on ${process.label}, which runs on`,
              orphan,
              'orphan',
            ),
          ]
        : []),
    ];
  });
}

function isNewest(world: World, index: number, { pushes }: Moving['scenario']): boolean {
  const { input = '' } = world.executions[index] ?? {};
  const newest = pushes[world.pushed - 1]?.image;
  return newest !== undefined && input.includes(facts.digestOf(newest));
}

/** Whether the task that invoked it still waits for it. */
function isAwaited(
  world: World,
  process: Process,
): process is Process & { readonly task: NonNullable<Process['task']> } {
  const { task } = process;
  if (task === undefined) return false;
  const { phase, task: name, attempt } = world.executions[task.execution] ?? {};
  return phase === 'invoked' && name === task.name && attempt === task.attempt;
}

/** Has the next call take effect, and what follows that nothing else can tell of. */
async function callNext(
  next: World,
  position: number,
  moving: Moving,
): Promise<'goes-on' | 'ended'> {
  const process = next.processes[position];
  if (process === undefined) throw new Error(`no process ${position}`);
  const { tree, lens } = moving;
  let { node } = process;
  let standing: Standing = await tree.standing(node);
  for (let calls = 0; standing.kind === 'call'; calls++) {
    if (calls > 0 && !isTimeless(standing)) {
      replace(next.processes, position, { node });
      return 'goes-on';
    }
    const reply = answer(next, standing, moving);
    const seen =
      lens === undefined || !('value' in reply)
        ? reply
        : { value: lens(tree.invocation(node), standing, reply.value) };
    node = tree.after(node, seen);
    standing = await tree.standing(node);
  }
  next.processes.splice(position, 1);
  if (isAwaited(next, process)) endTask(next, process.task.execution, standing);
  // An event whose handling failed is delivered again (aws-facts 6).
  else if (standing.kind === 'threw' && process.waking !== undefined) wake(next, process.waking);
  return 'ended';
}
