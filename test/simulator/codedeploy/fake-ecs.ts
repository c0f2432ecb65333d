import type {
  CreateTaskSetRequest,
  EcsService,
  EcsServiceView,
  TaskSetView,
} from '../../../simulator/core/services.ts';
import type { World } from '../../../simulator/core/world.ts';

export const taskDefinition = (revision: number) =>
  `arn:aws:ecs:eu-west-1:111122223333:task-definition/shop:${revision}`;

/** One CODE_DEPLOY service whose new task sets get steady after `steadyAfterMs` (undefined: never). */
export class FakeEcs implements EcsService {
  controller: EcsServiceView['deploymentController'] = 'CODE_DEPLOY';
  exists = true;
  /** Of every task definition. */
  roles: readonly string[] = ['arn:aws:iam::111122223333:role/task'];
  desiredCount = 2;
  steadyAfterMs: number | undefined = 30_000;
  taskSets: TaskSetView[];
  readonly created: CreateTaskSetRequest[] = [];
  readonly #listeners = new Set<() => void>();
  readonly #world: World;

  containerInstance(): undefined {}

  constructor(world: World, originalTargetGroupArn: string) {
    this.#world = world;
    this.taskSets = [
      taskSet('ecs-svc/1', taskDefinition(1), originalTargetGroupArn, 'PRIMARY', 'STEADY_STATE'),
    ];
  }

  service(cluster: string, service: string): EcsServiceView | undefined {
    if (!this.exists || cluster !== 'main' || service !== 'shop') return undefined;
    return {
      serviceArn: 'arn:aws:ecs:eu-west-1:111122223333:service/main/shop',
      serviceName: 'shop',
      clusterArn: 'arn:aws:ecs:eu-west-1:111122223333:cluster/main',
      clusterName: 'main',
      deploymentController: this.controller,
      desiredCount: this.desiredCount,
      taskSets: this.taskSets,
    };
  }

  taskDefinitionExists(arn: string): boolean {
    return [1, 2, 3].map(taskDefinition).includes(arn);
  }

  taskDefinitionRoles(): readonly string[] {
    return this.roles;
  }

  createTaskSet(request: CreateTaskSetRequest): TaskSetView {
    this.created.push(request);
    const id = `ecs-svc/${this.created.length + 1}`;
    const view = taskSet(id, request.taskDefinition, request.targetGroupArn, 'ACTIVE');
    this.taskSets.push(view);
    if (this.steadyAfterMs !== undefined) {
      this.#world.clock.schedule(this.steadyAfterMs, () =>
        this.change(id, { stabilityStatus: 'STEADY_STATE' }),
      );
    }
    return view;
  }

  updateServicePrimaryTaskSet(_cluster: string, _service: string, taskSetId: string): void {
    this.taskSets = this.taskSets.map((set) => ({
      ...set,
      status: set.id === taskSetId ? 'PRIMARY' : 'ACTIVE',
    }));
  }

  deleteTaskSet(_cluster: string, _service: string, taskSetId: string): void {
    this.taskSets = this.taskSets.filter((set) => set.id !== taskSetId);
  }

  onTaskSetChange(_cluster: string, _service: string, changed: () => void): () => void {
    this.#listeners.add(changed);
    return () => this.#listeners.delete(changed);
  }

  change(id: string, fields: Partial<TaskSetView>): void {
    this.taskSets = this.taskSets.map((set) => (set.id === id ? { ...set, ...fields } : set));
    for (const listener of this.#listeners) listener();
  }
}

function taskSet(
  id: string,
  definition: string,
  targetGroupArn: string,
  status: TaskSetView['status'],
  stabilityStatus: TaskSetView['stabilityStatus'] = 'STABILIZING',
): TaskSetView {
  return {
    id,
    taskSetArn: `arn:aws:ecs:eu-west-1:111122223333:task-set/main/shop/${id}`,
    externalId: undefined,
    status,
    taskDefinition: definition,
    computedDesiredCount: 2,
    pendingCount: 0,
    runningCount: 2,
    stabilityStatus,
    targetGroupArn,
  };
}
