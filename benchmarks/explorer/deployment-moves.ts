import { endDeployment } from './answer.ts';
import * as facts from './facts.ts';
import { type Move, type Moving, move } from './move.ts';
import { replace, type World } from './world.ts';

export function deploymentMoves(world: World, moving: Moving): Move[] {
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
      // BeforeInstall refuses a group in which tasks of another deployment are left.
      if (fate === 'early' || facts.isGroupTaken(world, index)) return [fails('before Install')];
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
