import type { Tag } from '@aws-sdk/client-eventbridge';
import { arn } from '../core/arns.ts';
import { AwsError } from '../core/aws-error.ts';
import type { World } from '../core/world.ts';
import { Rule, type RuleDefinition } from './rule.ts';

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

/** The rules of the default bus. */
export class Rules {
  readonly #world: World;
  readonly #rules = new Map<string, Rule>();

  constructor(world: World) {
    this.#world = world;
  }

  /** Creates a rule or redefines it, keeping its targets. */
  put(request: RuleRequest): Rule {
    const definition = this.#read(request);
    const known = this.#rules.get(definition.name);
    if (known) {
      known.redefine({ ...definition, tags: known.definition.tags });
      return known;
    }
    const rule = new Rule(definition);
    this.#rules.set(definition.name, rule);
    return rule;
  }

  get(name: string | undefined): Rule {
    const rule = this.#rules.get(name ?? '');
    if (rule) return rule;
    throw new AwsError(
      'ResourceNotFoundException',
      `Rule ${name} does not exist on EventBus default.`,
    );
  }

  byArn(ruleArn: string | undefined): Rule {
    const rule = this.all().find(({ definition }) => definition.arn === ruleArn);
    if (rule) return rule;
    throw new AwsError('ResourceNotFoundException', `No rule has the ARN ${ruleArn}.`);
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
    this.#rules.delete(name ?? '');
  }

  #read(request: RuleRequest): RuleDefinition {
    const { name, eventPattern, scheduleExpression, state = 'ENABLED' } = request;
    const invalid = (message: string) => new AwsError('ValidationException', message);
    if (!/^[.\-_A-Za-z0-9]{1,64}$/.test(name)) throw invalid(`Rule name is not valid: ${name}`);
    if (scheduleExpression !== undefined) {
      throw invalid(
        `The simulator does not model ScheduleExpression (${scheduleExpression} of rule ${name})`,
      );
    }
    if (eventPattern === undefined) {
      throw invalid('Parameter(s) EventPattern or ScheduleExpression must be specified.');
    }
    if (state !== 'ENABLED' && state !== 'DISABLED') {
      throw invalid(`The simulator models states ENABLED and DISABLED only, not ${state}`);
    }
    return {
      name,
      arn: arn(this.#world.identity, 'events', `rule/${name}`),
      eventPattern,
      description: request.description,
      roleArn: request.roleArn,
      enabled: state === 'ENABLED',
      tags: request.tags ?? [],
    };
  }
}
