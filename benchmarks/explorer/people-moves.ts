import { stopDeployment } from './answer.ts';
import { retryTask } from './executions.ts';
import * as facts from './facts.ts';
import { type Move, type Moving, move } from './move.ts';
import { replace, type World, wake } from './world.ts';

export function people(world: World, { scenario }: Moving): Move[] {
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

function isNewest(world: World, index: number, { pushes }: Moving['scenario']): boolean {
  const { input = '' } = world.executions[index] ?? {};
  const newest = pushes[world.pushed - 1]?.image;
  return newest !== undefined && input.includes(facts.digestOf(newest));
}
