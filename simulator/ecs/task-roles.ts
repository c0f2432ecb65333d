import type { TaskDefinition } from '@aws-sdk/client-ecs';
import { arn } from '../core/arns.ts';
import type { World } from '../core/world.ts';

/** Who assumes task roles and execution roles. */
const tasksService = 'ecs-tasks.amazonaws.com';

/**
 * What trust policies are asked with. They cannot be bound to one cluster (developer guide, "Task IAM role"): the
 * source is something of ECS in this account and Region.
 */
function trustContext({ identity }: World): Readonly<Record<string, string>> {
  return { 'aws:SourceArn': arn(identity, 'ecs', 'task'), 'aws:SourceAccount': identity.accountId };
}

/** ECS's sentence (public threads quote it) when a task's role is not there or does not trust ECS's tasks. */
export function unassumableRole(
  world: World,
  { taskRoleArn, executionRoleArn }: Pick<TaskDefinition, 'taskRoleArn' | 'executionRoleArn'>,
): string | undefined {
  for (const role of [executionRoleArn, taskRoleArn]) {
    if (role === undefined) continue;
    if (world.services.iam.canAssume(role, tasksService, trustContext(world))) continue;
    return `ECS was unable to assume the role '${role}' that was provided for this task. Please verify that the role being passed has the proper trust relationship and permissions and that your IAM user has permissions to pass this role.`;
  }
  return undefined;
}

/** What ECS does for one task with its execution role. */
export class ExecutionRole {
  readonly #world: World;
  readonly #roleArn: string | undefined;
  readonly #taskId: string;

  constructor(world: World, roleArn: string | undefined, taskId: string) {
    this.#world = world;
    this.#roleArn = roleArn;
    this.#taskId = taskId;
  }

  /** `AccessDeniedException: User: …` when the role may not; undefined when it may, and for tasks without one. */
  denial(action: string, resource: string): string | undefined {
    if (this.#roleArn === undefined) return undefined;
    const decision = this.#world.services.iam.authorize({
      roleArn: this.#roleArn,
      servicePrincipal: tasksService,
      sessionName: this.#taskId,
      action,
      resource,
      trustContext: trustContext(this.#world),
    });
    return decision.allowed ? undefined : `AccessDeniedException: ${decision.message}`;
  }
}
