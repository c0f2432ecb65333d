import { deploymentMoves } from './deployment-moves.ts';
import { documentOf, intern } from './documents.ts';
import { deliveries, losses, pushes } from './event-moves.ts';
import { retryTask, taskInput } from './executions.ts';
import { firstPushMs } from './instants.ts';
import { begin, type Move, type Moving, move } from './move.ts';
import { people } from './people-moves.ts';
import { processMoves } from './process-moves.ts';
import { type Budget, replace, type World } from './world.ts';

/** All that may happen next. */
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
