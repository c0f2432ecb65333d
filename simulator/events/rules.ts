import type { Tag } from '@aws-sdk/client-eventbridge';
import { arn } from '../core/arns.ts';
import { AwsError } from '../core/aws-error.ts';
import type { World } from '../core/world.ts';
import { Rule, type RuleDefinition } from './rule.ts';
import type { RuleSchedules } from './rule-schedules.ts';
import { readSchedule } from './schedule-expression.ts';

export interface RuleRequest {
  readonly name: string;
  /** JSON text. */
  readonly eventPattern: string | undefined;
  readonly scheduleExpression?: string | undefined;
  readonly description?: string | undefined;
  readonly roleArn?: string | undefined;
  readonly state?: string | undefined;
  /** Only taken over when the rule is new, as on AWS. */
  readonly tags?: readonly Tag[] | undefined;
}

/** The last one is for events of CloudTrail, which there are none of here. */
const ruleStates = ['ENABLED', 'DISABLED', 'ENABLED_WITH_ALL_CLOUDTRAIL_MANAGEMENT_EVENTS'];

/** The rules of one bus. */
export class Rules {
  readonly #world: World;
  readonly #busName: string;
  readonly #schedules: RuleSchedules;
  readonly #rules = new Map<string, Rule>();

  constructor(world: World, busName: string, schedules: RuleSchedules) {
    this.#world = world;
    this.#busName = busName;
    this.#schedules = schedules;
  }

  /** Creates a rule or redefines it, keeping its targets. */
  put(request: RuleRequest): Rule {
    const definition = this.#read(request);
    const known = this.#rules.get(definition.name);
    if (known) {
      this.redefine(known, { ...definition, tags: known.definition.tags });
      return known;
    }
    const rule = new Rule(definition);
    this.#rules.set(definition.name, rule);
    this.#schedules.arm(rule);
    return rule;
  }

  redefine(rule: Rule, definition: RuleDefinition): void {
    const rescheduled =
      rule.definition.scheduleExpression !== definition.scheduleExpression ||
      rule.definition.enabled !== definition.enabled;
    rule.redefine(definition);
    if (rescheduled) this.#schedules.arm(rule);
  }

  get(name: string | undefined): Rule {
    const rule = this.#rules.get(name ?? '');
    if (rule) return rule;
    throw new AwsError(
      'ResourceNotFoundException',
      `Rule ${name} does not exist on EventBus ${this.#busName}.`,
    );
  }

  /** By name. */
  all(): Rule[] {
    return [...this.#rules.values()].sort((a, b) =>
      a.definition.name < b.definition.name ? -1 : 1,
    );
  }

  /** Deleting what does not exist succeeds, as on AWS. */
  delete(name: string | undefined): void {
    const rule = this.#rules.get(name ?? '');
    if (rule && rule.targets.size > 0) {
      throw new AwsError('ValidationException', "Rule can't be deleted since it has targets.");
    }
    if (rule) this.#schedules.disarm(rule);
    this.#rules.delete(name ?? '');
  }

  #read(request: RuleRequest): RuleDefinition {
    const { name, eventPattern, scheduleExpression, state = 'ENABLED' } = request;
    const invalid = (message: string) => new AwsError('ValidationException', message);
    if (!/^[.\-_A-Za-z0-9]{1,64}$/.test(name)) throw invalid(`Rule name is not valid: ${name}`);
    if (eventPattern === undefined && scheduleExpression === undefined) {
      throw invalid('Parameter(s) EventPattern or ScheduleExpression must be specified.');
    }
    if (scheduleExpression !== undefined) {
      if (this.#busName !== 'default') {
        throw invalid('ScheduleExpression is supported only on the default event bus.');
      }
      readSchedule(scheduleExpression);
    }
    if (!ruleStates.includes(state)) {
      throw invalid(
        `1 validation error detected: Value '${state}' at 'state' failed to satisfy constraint: Member must satisfy enum value set: [${ruleStates.join(', ')}]`,
      );
    }
    const path = this.#busName === 'default' ? name : `${this.#busName}/${name}`;
    return {
      name,
      arn: arn(this.#world.identity, 'events', `rule/${path}`),
      busName: this.#busName,
      eventPattern,
      scheduleExpression,
      description: request.description,
      roleArn: request.roleArn,
      state,
      enabled: state !== 'DISABLED',
      tags: request.tags ?? [],
    };
  }
}
