import type { Tag } from '@aws-sdk/client-eventbridge';
import { arn } from '../core/arns.ts';
import { AwsError } from '../core/aws-error.ts';
import type { World } from '../core/world.ts';
import { BusPolicy } from './bus-policy.ts';
import type { RuleSchedules } from './rule-schedules.ts';
import { Rules } from './rules.ts';

export interface EventBusRequest {
  readonly name: string;
  readonly description?: string | undefined;
  readonly deadLetterArn?: string | undefined;
  readonly tags?: readonly Tag[] | undefined;
}

/** One event bus with its rules and who may put events on it. */
export class EventBus {
  readonly name: string;
  readonly arn: string;
  readonly rules: Rules;
  readonly policy: BusPolicy;
  readonly createdAtMs: number;
  modifiedAtMs: number;
  description: string | undefined;
  /** Kept, but nothing here fails to reach a bus's own rules. */
  deadLetterArn: string | undefined;
  tags: readonly Tag[];

  constructor(world: World, schedules: RuleSchedules, request: EventBusRequest) {
    this.name = request.name;
    this.arn = arn(world.identity, 'events', `event-bus/${request.name}`);
    this.rules = new Rules(world, request.name, schedules);
    this.policy = new BusPolicy(this.arn);
    this.createdAtMs = world.clock.now();
    this.modifiedAtMs = this.createdAtMs;
    this.description = request.description;
    this.deadLetterArn = request.deadLetterArn;
    this.tags = request.tags ?? [];
  }
}

/** The buses of the account: `default` and those that were made. */
export class EventBuses {
  readonly #world: World;
  readonly #schedules: RuleSchedules;
  readonly #buses = new Map<string, EventBus>();

  constructor(world: World, schedules: RuleSchedules) {
    this.#world = world;
    this.#schedules = schedules;
    this.#buses.set('default', new EventBus(world, schedules, { name: 'default' }));
  }

  /** Throws ResourceAlreadyExistsException, ValidationException. */
  create(request: EventBusRequest): EventBus {
    const { name } = request;
    if (!/^[/.\-_A-Za-z0-9]{1,256}$/.test(name) || name.includes('/')) {
      throw new AwsError('ValidationException', `Event bus name is not valid: ${name}`);
    }
    if (this.#buses.has(name)) {
      throw new AwsError('ResourceAlreadyExistsException', `Event bus ${name} already exists.`);
    }
    const bus = new EventBus(this.#world, this.#schedules, request);
    this.#buses.set(name, bus);
    return bus;
  }

  /** By name or ARN; undefined names the default bus. Throws ResourceNotFoundException. */
  get(nameOrArn: string | undefined): EventBus {
    const bus = this.find(nameOrArn);
    if (bus) return bus;
    throw new AwsError('ResourceNotFoundException', `Event bus ${nameOrArn} does not exist.`);
  }

  find(nameOrArn = 'default'): EventBus | undefined {
    return this.all().find(({ name, arn }) => nameOrArn === name || nameOrArn === arn);
  }

  /** By name. */
  all(): EventBus[] {
    return [...this.#buses.values()].sort((a, b) => (a.name < b.name ? -1 : 1));
  }

  /** Deleting what does not exist succeeds, as on AWS. */
  delete(name: string | undefined): void {
    if (name === 'default') {
      throw new AwsError('ValidationException', 'Cannot delete event bus default.');
    }
    const bus = this.#buses.get(name ?? '');
    if (bus && bus.rules.all().length > 0) {
      throw new AwsError(
        'ValidationException',
        `Event bus ${name} can't be deleted since it has rules.`,
      );
    }
    this.#buses.delete(name ?? '');
  }
}
