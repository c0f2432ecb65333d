import type { TimerKind } from '../core/clock.ts';
import type { World } from '../core/world.ts';
import { taskEventDetail } from './describe-task.ts';
import type { Placements } from './instances/placements.ts';
import type { TaskPlacement } from './instances/state.ts';
import type { Cluster } from './state.ts';
import { Task, type TaskObserver } from './task.ts';
import { TaskAgent } from './task-agent.ts';
import type { TaskLaunch } from './task-launch.ts';
import { TaskNetworks } from './task-network.ts';
import { withOverrides } from './task-overrides.ts';
import { TaskRegistrations } from './task-registrations.ts';
import { unassumableRole } from './task-roles.ts';

/** Stopped tasks stay describable for about an hour (aws-facts 2.8). */
const stoppedTaskKeptMs = 3_600_000;

export interface StartTask {
  readonly launch: TaskLaunch;
  /** What `placements.place` found; needed for the EC2 launch type. */
  readonly placement?: TaskPlacement | undefined;
  readonly observer: TaskObserver;
  /** Kind of the timer that stands for provisioning. */
  readonly timerKind?: TimerKind;
  /** The hour after its stop is over. */
  readonly forgotten?: (task: Task) => void;
}

/** All tasks of all clusters, whoever started them: their events, their networks, their hour after the end. */
export class Tasks {
  readonly placements: Placements;
  readonly #world: World;
  readonly #networks: TaskNetworks;
  readonly #agent: TaskAgent;
  readonly #registrations: TaskRegistrations;
  readonly #all = new Set<Task>();
  /** Tasks whose start is in the journal. */
  readonly #announced = new WeakSet<Task>();

  constructor(world: World, placements: Placements) {
    this.#world = world;
    this.placements = placements;
    this.#networks = new TaskNetworks(world);
    this.#registrations = new TaskRegistrations(world);
    this.#agent = new TaskAgent(world, () => this.all());
  }

  /** ECS's sentence when no task can be begun, because of its roles. */
  refusal({ taskDefinition, overrides }: TaskLaunch): string | undefined {
    return unassumableRole(this.#world, withOverrides(taskDefinition.document, overrides));
  }

  /** Begins a task; its observer hears of every change after the task's own event is out. */
  start({ launch, placement, observer, timerKind = 'waiting', forgotten }: StartTask): Task {
    const task = new Task(this.#world, {
      launch,
      placement,
      network: this.#network(launch, placement),
      timerKind,
      agentReady: () => this.#agent.ready(),
      observer: {
        ...observer,
        changed: (changed) => {
          this.#changed(changed, forgotten);
          observer.changed(changed);
        },
      },
    });
    this.#all.add(task);
    placement?.instance.tasks.add(task);
    this.#changed(task, forgotten);
    return task;
  }

  ofCluster(cluster: Cluster): Task[] {
    return this.all().filter(({ launch }) => launch.cluster === cluster);
  }

  all(): Task[] {
    return [...this.#all];
  }

  find(cluster: Cluster, reference: string): Task | undefined {
    return this.ofCluster(cluster).find(({ id, arn }) => id === reference || arn === reference);
  }

  /** Ends every process at once. */
  async stop(): Promise<void> {
    await Promise.all(this.all().map((task) => task.kill()));
    this.#agent.stop();
  }

  #network({ taskDefinition, networkConfiguration }: TaskLaunch, placement?: TaskPlacement) {
    const { networkMode } = taskDefinition.document;
    return placement && networkMode !== 'awsvpc'
      ? this.#networks.onInstance(placement, networkMode)
      : this.#networks.next(networkConfiguration, placement);
  }

  #changed(task: Task, forgotten: ((task: Task) => void) | undefined): void {
    const { clock, journal } = this.#world;
    this.#registrations.changed(task);
    this.#world.services.events.publish({
      source: 'aws.ecs',
      detailType: 'ECS Task State Change',
      resources: [task.arn],
      detail: taskEventDetail(task, clock.now()),
    });
    const imageDigest = task.containers[0]?.imageDigest ?? '';
    if (task.isRunning && !this.#announced.has(task)) {
      this.#announced.add(task);
      const image = task.containers[0]?.definition.image ?? '';
      const { privateIp } = task.network;
      journal.record('task.started', { taskArn: task.arn, image, imageDigest, privateIp });
    }
    if (task.lastStatus !== 'STOPPED') return;
    this.#networks.release(task.network);
    if (task.placement?.instance.tasks.delete(task)) this.placements.instances.capacityFreed();
    const reason = task.stopCause?.reason ?? '';
    journal.record('task.stopped', { taskArn: task.arn, imageDigest, reason });
    clock.schedule(
      stoppedTaskKeptMs,
      () => {
        this.#all.delete(task);
        forgotten?.(task);
      },
      'background',
    );
  }
}
