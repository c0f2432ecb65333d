import type { Task } from '../ports/ecs-services.ts';
import type { Evidence } from './check-result.ts';

/** The image digest that a task shows for one container; undefined as long as it shows none. */
export interface SeenDigest {
  readonly taskArn: string;
  readonly digest: string | undefined;
}

/** What really runs, by `containers[].imageDigest`, the only trustworthy answer (aws-facts 2.5). */
export function seenDigests(tasks: readonly Task[], container: string): SeenDigest[] {
  return tasks.map((task) => ({
    taskArn: task.taskArn,
    digest: task.containers.find((candidate) => candidate.name === container)?.imageDigest,
  }));
}

export function digestEvidence(seen: readonly SeenDigest[]): Evidence[] {
  return seen.map(({ taskArn, digest }) => ({
    kind: 'state',
    subject: taskArn,
    state: digest ?? 'no image digest shown',
  }));
}
