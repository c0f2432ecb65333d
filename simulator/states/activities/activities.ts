import type { Tag } from '@aws-sdk/client-sfn';
import { arn } from '../../core/arns.ts';
import { AwsError } from '../../core/aws-error.ts';
import type { World } from '../../core/world.ts';
import { requireName } from '../machines/resource-name.ts';
import { requireTags } from '../tags/tag-rules.ts';

export interface Activity {
  readonly arn: string;
  readonly name: string;
  readonly createdMs: number;
  tags: readonly Tag[];
}

/** A Task that waits for a worker to fetch it. */
export interface ActivityTask {
  readonly token: string;
  /** JSON text. */
  readonly input: string;
  /** A worker has fetched it. */
  started(workerName: string | undefined): void;
}

type Poller = (task: ActivityTask | undefined) => void;

/** How long GetActivityTask waits for a task (API reference). */
const longestPollMs = 60_000;

/** Activities, the Tasks scheduled on them and the workers that ask for some. */
export class Activities {
  readonly #world: World;
  readonly #byArn = new Map<string, Activity>();
  readonly #tasks = new Map<string, ActivityTask[]>();
  readonly #pollers = new Map<string, Set<Poller>>();

  constructor(world: World) {
    this.#world = world;
  }

  /** Idempotent by name; tags of a repeated call are ignored (API reference). */
  create(name: string, tags: readonly Tag[] = []): Activity {
    requireName(name);
    const activityArn = arn(this.#world.identity, 'states', `activity:${name}`);
    const existing = this.#byArn.get(activityArn);
    if (existing) return existing;
    requireTags(tags);
    const activity = { arn: activityArn, name, createdMs: this.#world.clock.now(), tags };
    this.#byArn.set(activityArn, activity);
    return activity;
  }

  /** Repeatable. */
  delete(activityArn: string): void {
    requireActivityArn(activityArn);
    this.#byArn.delete(activityArn);
  }

  find(activityArn: string): Activity | undefined {
    return this.#byArn.get(activityArn);
  }

  get(activityArn: string): Activity {
    requireActivityArn(activityArn);
    const activity = this.#byArn.get(activityArn);
    if (activity) return activity;
    throw new AwsError('ActivityDoesNotExist', `Activity Does Not Exist: '${activityArn}'`);
  }

  list(): Activity[] {
    return [...this.#byArn.values()];
  }

  /** Offers a task to the workers; returns how to withdraw it. */
  schedule(activityArn: string, task: ActivityTask): () => void {
    const [poller] = this.#pollers.get(activityArn) ?? [];
    if (poller) {
      poller(task);
      return () => {};
    }
    const tasks = this.#tasks.get(activityArn) ?? [];
    this.#tasks.set(activityArn, tasks);
    tasks.push(task);
    return () => {
      const index = tasks.indexOf(task);
      if (index >= 0) tasks.splice(index, 1);
    };
  }

  /** The oldest task, now started; undefined when none came within 60 s. */
  async poll(activityArn: string, workerName?: string): Promise<ActivityTask | undefined> {
    this.get(activityArn);
    const task = this.#tasks.get(activityArn)?.shift() ?? (await this.#wait(activityArn));
    task?.started(workerName);
    return task;
  }

  stop(): void {
    for (const pollers of this.#pollers.values()) {
      for (const poller of [...pollers]) poller(undefined);
    }
  }

  #wait(activityArn: string): Promise<ActivityTask | undefined> {
    const pollers = this.#pollers.get(activityArn) ?? new Set();
    this.#pollers.set(activityArn, pollers);
    return new Promise((resolve) => {
      const poller: Poller = (task) => {
        pollers.delete(poller);
        cancel();
        resolve(task);
      };
      // A worker that waits must not make time jump: it would for ever.
      const cancel = this.#world.clock.schedule(
        longestPollMs,
        () => poller(undefined),
        'background',
      );
      pollers.add(poller);
    });
  }
}

function requireActivityArn(activityArn: string): void {
  if (/^arn:aws[a-z-]*:states:[^:]+:\d{12}:activity:[^:]+$/.test(activityArn)) return;
  throw new AwsError('InvalidArn', `Invalid Arn: '${activityArn}'`);
}
