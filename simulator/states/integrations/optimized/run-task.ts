import type { World } from '../../../core/world.ts';
import { StatesError } from '../../interpreter/states-error.ts';
import { type Fields, type Optimized, withMetadata } from './optimized.ts';

interface Container {
  readonly ExitCode?: number;
  readonly Name?: string;
}

/** `ecs:runTask`; `.sync` waits until the task has stopped (ECS page). */
export function ecsRunTask({ journal }: World): Optimized {
  return {
    service: 'ecs',
    operation: 'RunTask',
    errors: { prefix: 'ECS', undeclared: 'AmazonECSException' },
    result: (answer) => {
      const { Failures = [], Tasks = [] } = answer.output as { Failures?: []; Tasks?: [] };
      if (Failures.length === 0) return withMetadata(answer);
      throw new StatesError('ECS.Unknown', JSON.stringify({ Failures, Tasks }));
    },
    complete: async (started, _pattern, { execution, line }, calls) => {
      const [task] = (started as { Tasks: Fields[] }).Tasks;
      const { TaskArn, ClusterArn } = task as { TaskArn: string; ClusterArn: string };
      const { roleArn } = execution.machine;
      const ask = async (operation: string, parameters: Fields): Promise<Fields> => {
        const request = { service: 'ecs' as const, operation, parameters, roleArn };
        return (await calls.call(request)).output;
      };
      const describe = async () => {
        const found = await ask('DescribeTasks', { Cluster: ClusterArn, Tasks: [TaskArn] });
        return (found.Tasks as Fields[])[0] ?? {};
      };
      const stopped = new Promise<void>((resolve) => {
        const unsubscribe = journal.subscribe((entry) => {
          if (entry.kind !== 'task.stopped' || entry.taskArn !== TaskArn) return;
          unsubscribe();
          resolve();
        });
        line.onDrop(unsubscribe);
      });
      const stop = { Cluster: ClusterArn, Task: TaskArn, Reason: 'Task aborted by Step Functions' };
      const forget = line.onDrop(() => void ask('StopTask', stop).catch(() => {}));
      let shown = await describe();
      if (shown.LastStatus !== 'STOPPED') {
        await stopped;
        shown = await describe();
      }
      forget();
      if (succeeded(shown)) return shown;
      throw new StatesError('States.TaskFailed', JSON.stringify(shown));
    },
  };
}

/** Every container has ended with 0; one that never ran has no exit code. */
function succeeded({ Containers }: Fields): boolean {
  return ((Containers ?? []) as Container[]).every(({ ExitCode }) => ExitCode === 0);
}
