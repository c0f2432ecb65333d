import type { Action, RuleCondition, Tag } from '@aws-sdk/client-elastic-load-balancing-v2';
import { AwsError } from '../core/aws-error.ts';
import type { World } from '../core/world.ts';
import { readActions } from './actions.ts';
import { readConditions } from './conditions.ts';
import { checkLimit } from './limits.ts';
import { checkPriority } from './listener-checks.ts';
import type { Listeners, ListenersOptions } from './listeners.ts';
import type { Listener, Rule } from './state.ts';
import { tagMap } from './tags.ts';

export interface CreateRuleRequest {
  readonly listenerArn: string;
  readonly priority: number | undefined;
  readonly conditions: readonly RuleCondition[] | undefined;
  readonly actions: readonly Action[] | undefined;
  readonly tags?: readonly Tag[] | undefined;
}

/** The rules of all listeners; each listener keeps its own by priority. */
export class Rules {
  readonly #world: World;
  readonly #listeners: Listeners;
  readonly #options: Pick<ListenersOptions, 'checkAction' | 'onActionChange'>;

  constructor(
    world: World,
    listeners: Listeners,
    options: Pick<ListenersOptions, 'checkAction' | 'onActionChange'>,
  ) {
    this.#world = world;
    this.#listeners = listeners;
    this.#options = options;
  }

  create(request: CreateRuleRequest): Rule {
    const listener = this.#listeners.get(request.listenerArn);
    const { priority } = request;
    checkPriority(priority);
    if (listener.rules.some((other) => other.priority === priority)) {
      throw new AwsError('PriorityInUseException', `Priority '${priority}' is currently in use`);
    }
    const action = readActions(request.actions);
    this.#options.checkAction(action, listener);
    const present = this.#listeners
      .ofLoadBalancer(listener.loadBalancer.arn)
      .reduce((sum, { rules }) => sum + rules.length, 0);
    checkLimit(
      present,
      'rules-per-application-load-balancer',
      'TooManyRulesException',
      'rules on this load balancer',
    );
    const rule: Rule = {
      arn: `${listener.arn.replace(':listener/', ':listener-rule/')}/${this.#world.ids.hex(16)}`,
      priority,
      conditions: readConditions(request.conditions),
      action,
      tags: tagMap(request.tags),
    };
    listener.rules = sorted([...listener.rules, rule]);
    this.#options.onActionChange(listener, action);
    return rule;
  }

  /** `rule` is undefined for a default rule, whose action is the listener's. */
  find(ruleArn: string): { listener: Listener; rule: Rule | undefined } | undefined {
    for (const listener of this.#listeners.all()) {
      if (listener.defaultRuleArn === ruleArn) return { listener, rule: undefined };
      const rule = listener.rules.find(({ arn }) => arn === ruleArn);
      if (rule) return { listener, rule };
    }
    return undefined;
  }

  /** A rule that may be changed: not a default one. */
  get(ruleArn: string): { listener: Listener; rule: Rule } {
    const found = this.find(ruleArn);
    if (!found) throw new AwsError('RuleNotFoundException', 'One or more rules not found');
    const { listener, rule } = found;
    if (rule) return { listener, rule };
    throw new AwsError(
      'OperationNotPermittedException',
      `Default rule '${ruleArn}' cannot be modified; modify its listener`,
    );
  }

  modify(
    ruleArn: string,
    changes: {
      conditions?: readonly RuleCondition[] | undefined;
      actions?: readonly Action[] | undefined;
    },
  ): Rule {
    const { listener, rule } = this.get(ruleArn);
    const conditions = changes.conditions && readConditions(changes.conditions);
    const action = changes.actions && readActions(changes.actions);
    if (action) this.#options.checkAction(action, listener);
    if (conditions) rule.conditions = conditions;
    if (action) this.#listeners.setAction(listener, action, rule);
    return rule;
  }

  setPriorities(changes: readonly { ruleArn: string; priority: number }[]): Rule[] {
    const found = changes.map(({ ruleArn, priority }) => {
      checkPriority(priority);
      return { ...this.get(ruleArn), priority };
    });
    for (const { listener, priority, rule } of found) {
      const moved = found.map((other) => other.rule);
      const taken =
        listener.rules.some((other) => other.priority === priority && !moved.includes(other)) ||
        found.some(
          (other) =>
            other.priority === priority && other.rule !== rule && other.listener === listener,
        );
      if (taken) {
        throw new AwsError('PriorityInUseException', `Priority '${priority}' is currently in use`);
      }
    }
    for (const { rule, priority } of found) rule.priority = priority;
    for (const { listener } of found) listener.rules = sorted(listener.rules);
    return found.map(({ rule }) => rule);
  }

  delete(ruleArn: string): void {
    const { listener, rule } = this.get(ruleArn);
    listener.rules = listener.rules.filter((other) => other !== rule);
  }
}

function sorted(rules: readonly Rule[]): Rule[] {
  return [...rules].sort((a, b) => a.priority - b.priority);
}
