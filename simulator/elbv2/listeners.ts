import type { Action, RuleCondition, Tag } from '@aws-sdk/client-elastic-load-balancing-v2';
import { AwsError } from '../core/aws-error.ts';
import type { World } from '../core/world.ts';
import { readActions } from './actions.ts';
import { type Attribute, listenerAttributeDefaults, setAttributes } from './attributes.ts';
import { readConditions } from './conditions.ts';
import { checkPort, checkPriority, checkProtocol } from './listener-checks.ts';
import { ListenerFront, type ListenerFrontOptions } from './listener-front.ts';
import type { Listener, LoadBalancer, RoutingAction, Rule } from './state.ts';
import { tagMap } from './tags.ts';

export interface CreateListenerRequest {
  readonly loadBalancer: LoadBalancer;
  readonly port: number | undefined;
  readonly protocol: string | undefined;
  readonly defaultActions: readonly Action[] | undefined;
  readonly attributes?: readonly Attribute[] | undefined;
  readonly tags?: readonly Tag[] | undefined;
}

export interface CreateRuleRequest {
  readonly listenerArn: string;
  readonly priority: number | undefined;
  readonly conditions: readonly RuleCondition[] | undefined;
  readonly actions: readonly Action[] | undefined;
  readonly tags?: readonly Tag[] | undefined;
}

export interface ListenersOptions extends ListenerFrontOptions {
  /** Throws when an action names an unknown target group or one of another load balancer. */
  readonly checkAction: (action: RoutingAction, loadBalancer: LoadBalancer) => void;
  /** Called after every change of what is forwarded where. */
  readonly onActionChange: (listener: Listener, action: RoutingAction) => void;
}

/** Listeners and their rules; each listener has a real HTTP front. */
export class Listeners {
  readonly #world: World;
  readonly #options: ListenersOptions;
  readonly #entries = new Map<string, { listener: Listener; front: ListenerFront }>();

  constructor(world: World, options: ListenersOptions) {
    this.#world = world;
    this.#options = options;
  }

  async create(request: CreateListenerRequest): Promise<Listener> {
    const { loadBalancer, protocol, port } = request;
    checkProtocol(protocol);
    checkPort(port);
    this.#checkPortIsFree(loadBalancer, port);
    const defaultAction = readActions(request.defaultActions);
    this.#options.checkAction(defaultAction, loadBalancer);
    const attributes = new Map(Object.entries(listenerAttributeDefaults));
    setAttributes('Listener', attributes, request.attributes ?? []);
    const { ids } = this.#world;
    const arn = `${loadBalancer.arn.replace(':loadbalancer/', ':listener/')}/${ids.hex(16)}`;
    const incomplete = {
      arn,
      loadBalancer,
      port,
      defaultRuleArn: `${arn.replace(':listener/', ':listener-rule/')}/${ids.hex(16)}`,
      defaultAction,
      rules: [],
      attributes,
      tags: tagMap(request.tags),
    };
    const front = new ListenerFront(this.#options);
    const address = await this.#world.clock.during(`start of listener ${port}`, () =>
      front.start(),
    );
    const listener: Listener = { ...incomplete, address };
    front.serve(listener);
    this.#entries.set(arn, { listener, front });
    this.#world.network.route(loadBalancer.dnsName, port, address);
    this.#options.onActionChange(listener, defaultAction);
    return listener;
  }

  all(): Listener[] {
    return [...this.#entries.values()].map(({ listener }) => listener);
  }

  ofLoadBalancer(loadBalancerArn: string): Listener[] {
    return this.all().filter(({ loadBalancer }) => loadBalancer.arn === loadBalancerArn);
  }

  get(listenerArn: string): Listener {
    const entry = this.#entries.get(listenerArn);
    if (!entry) throw new AwsError('ListenerNotFoundException', 'One or more listeners not found');
    return entry.listener;
  }

  modify(
    listenerArn: string,
    changes: {
      port?: number | undefined;
      protocol?: string | undefined;
      defaultActions?: readonly Action[] | undefined;
    },
  ): Listener {
    const listener = this.get(listenerArn);
    if (changes.protocol) checkProtocol(changes.protocol);
    const action = changes.defaultActions && readActions(changes.defaultActions);
    if (action) this.#options.checkAction(action, listener.loadBalancer);
    if (changes.port !== undefined && changes.port !== listener.port)
      this.#move(listener, changes.port);
    if (action) this.setAction(listener, action);
    return listener;
  }

  /** Replaces the default action, or that of one rule. */
  setAction(listener: Listener, action: RoutingAction, rule?: Rule): void {
    if (rule) rule.action = action;
    else listener.defaultAction = action;
    this.#options.onActionChange(listener, action);
  }

  async delete(listenerArn: string): Promise<void> {
    const { loadBalancer, port } = this.get(listenerArn);
    const front = this.#entries.get(listenerArn)?.front;
    this.#entries.delete(listenerArn);
    this.#world.network.unroute(loadBalancer.dnsName, port);
    await front?.stop();
  }

  createRule(request: CreateRuleRequest): Rule {
    const listener = this.get(request.listenerArn);
    const { priority } = request;
    checkPriority(priority);
    if (listener.rules.some((other) => other.priority === priority)) {
      throw new AwsError('PriorityInUseException', `Priority '${priority}' is currently in use`);
    }
    const action = readActions(request.actions);
    this.#options.checkAction(action, listener.loadBalancer);
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
  findRule(ruleArn: string): { listener: Listener; rule: Rule | undefined } | undefined {
    for (const listener of this.all()) {
      if (listener.defaultRuleArn === ruleArn) return { listener, rule: undefined };
      const rule = listener.rules.find(({ arn }) => arn === ruleArn);
      if (rule) return { listener, rule };
    }
    return undefined;
  }

  /** A rule that may be changed: not a default one. */
  getRule(ruleArn: string): { listener: Listener; rule: Rule } {
    const found = this.findRule(ruleArn);
    if (!found) throw new AwsError('RuleNotFoundException', 'One or more rules not found');
    const { listener, rule } = found;
    if (rule) return { listener, rule };
    throw new AwsError(
      'OperationNotPermittedException',
      `Default rule '${ruleArn}' cannot be modified; modify its listener`,
    );
  }

  modifyRule(
    ruleArn: string,
    changes: {
      conditions?: readonly RuleCondition[] | undefined;
      actions?: readonly Action[] | undefined;
    },
  ): Rule {
    const { listener, rule } = this.getRule(ruleArn);
    const conditions = changes.conditions && readConditions(changes.conditions);
    const action = changes.actions && readActions(changes.actions);
    if (action) this.#options.checkAction(action, listener.loadBalancer);
    if (conditions) rule.conditions = conditions;
    if (action) this.setAction(listener, action, rule);
    return rule;
  }

  setPriorities(changes: readonly { ruleArn: string; priority: number }[]): Rule[] {
    const found = changes.map(({ ruleArn, priority }) => {
      checkPriority(priority);
      return { ...this.getRule(ruleArn), priority };
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

  deleteRule(ruleArn: string): void {
    const { listener, rule } = this.getRule(ruleArn);
    listener.rules = listener.rules.filter((other) => other !== rule);
  }

  async stop(): Promise<void> {
    const fronts = [...this.#entries.values()].map(({ front }) => front);
    this.#entries.clear();
    await Promise.all(fronts.map((front) => front.stop()));
  }

  #move(listener: Listener, port: number): void {
    checkPort(port);
    this.#checkPortIsFree(listener.loadBalancer, port);
    this.#world.network.unroute(listener.loadBalancer.dnsName, listener.port);
    listener.port = port;
    this.#world.network.route(listener.loadBalancer.dnsName, port, listener.address);
  }

  #checkPortIsFree(loadBalancer: LoadBalancer, port: number): void {
    if (!this.ofLoadBalancer(loadBalancer.arn).some((other) => other.port === port)) return;
    throw new AwsError(
      'DuplicateListenerException',
      `A listener already exists on port ${port} for this load balancer '${loadBalancer.arn}'`,
    );
  }
}

function sorted(rules: readonly Rule[]): Rule[] {
  return [...rules].sort((a, b) => a.priority - b.priority);
}
