import type { ListedExecution } from '../../functions/core/ports/executions.ts';
import { answer, isTimeless } from './answer.ts';
import { endTask, retryTask } from './executions.ts';
import { type Move, type Moving, move } from './move.ts';
import type { Standing } from './replay.ts';
import { type Process, replace, type World, wake } from './world.ts';

export function processMoves(world: World, moving: Moving): Move[] {
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
    const stale = async (next: World) => {
      const standing = await moving.tree.standing(process.node);
      const lists = standing.kind === 'call' && standing.port === 'executions';
      if (!lists || standing.method !== 'list') return 'no-move';
      await callNext(next, position, moving, hideRunning);
      return undefined;
    };
    return [
      move(world, process.label, (next) => callNext(next, position, moving)),
      move(world, `${process.label} is not shown what began just now`, stale, 'stale'),
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

/** Whatever still runs may have begun a moment ago. */
function hideRunning(listed: unknown): unknown {
  return (listed as ListedExecution[]).filter(({ status }) => status !== 'RUNNING');
}

/** Has the next call take effect, and what follows that nothing else can tell of. */
async function callNext(
  next: World,
  position: number,
  moving: Moving,
  distort: (reply: unknown) => unknown = (reply) => reply,
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
    const answered = answer(next, standing, moving);
    const reply =
      calls === 0 && 'value' in answered ? { value: distort(answered.value) } : answered;
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
