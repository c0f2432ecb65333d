import { AwsError } from '../core/aws-error.ts';
import type { Random } from '../core/random.ts';
import type {
  Elbv2Service,
  ForwardingView,
  SocketAddress,
  TargetHealth,
  TargetWeight,
} from '../core/services.ts';
import type { World } from '../core/world.ts';
import { checkWeights, targetGroupsOf } from './actions.ts';
import type { FinishedRequest, RequestOutcome } from './finished-request.ts';
import { Http2Targets } from './http2-targets.ts';
import { type ActionPlace, Listeners, type ListenersOptions } from './listeners.ts';
import { LoadBalancers } from './load-balancers.ts';
import { RequestProxy } from './request-proxy.ts';
import { RequestRouter } from './request-router.ts';
import { Rules } from './rules.ts';
import type { Listener, RoutingAction } from './state.ts';
import type { Bound } from './stickiness.ts';
import { TargetGroups } from './target-groups.ts';
import { putRequestMetrics, putTlsError } from './traffic-metrics.ts';
import { drawWeighted, WeightedChoice } from './weighted-choice.ts';

export type RequestObserver = (request: FinishedRequest) => void;

/** Elastic Load Balancing v2, Application Load Balancers only (aws-facts 4). */
export class Elbv2Model implements Elbv2Service {
  readonly loadBalancers: LoadBalancers;
  readonly targetGroups: TargetGroups;
  readonly listeners: Listeners;
  readonly rules: Rules;
  readonly #world: World;
  readonly #proxy = new RequestProxy();
  readonly #http2Targets = new Http2Targets();
  readonly #observers = new Set<RequestObserver>();
  /** By action object: a changed action starts its round anew. */
  readonly #choices = new WeakMap<RoutingAction, WeightedChoice<string>>();
  /** Of its own, so that traffic draws nothing from the seed that ids and faults come from. */
  readonly #draws: Random;

  constructor(world: World) {
    this.#world = world;
    this.#draws = world.random.derive('weighted forwarding');
    this.loadBalancers = new LoadBalancers(world);
    this.targetGroups = new TargetGroups(world, this.loadBalancers);
    const options: ListenersOptions = {
      router: new RequestRouter({
        proxy: this.#proxy,
        http2Targets: this.#http2Targets,
        chooseGroup: (action, bound) => this.#chooseGroup(action, bound),
        now: () => world.clock.now(),
        onOutcome: (outcome) => this.#finished(outcome),
      }),
      findCertificate: (arn) => world.services.acm.certificate(arn),
      onTlsError: (listener) => putTlsError(world.services.cloudwatch, listener),
      checkAction: (action, place) => this.#checkAction(action, place),
      onActionChange: (listener, action) => this.#actionChanged(listener, action),
    };
    this.listeners = new Listeners(world, options);
    this.rules = new Rules(world, this.listeners, options);
  }

  /** Observes every finished request; called between requests, so it must be cheap. */
  onRequest(observer: RequestObserver): () => void {
    this.#observers.add(observer);
    return () => this.#observers.delete(observer);
  }

  /** Where the listener really listens on this machine. */
  listenerAddress(listenerArn: string): SocketAddress {
    return this.listeners.get(listenerArn).address;
  }

  targetGroupArn(name: string): string | undefined {
    return this.targetGroups.findByName(name)?.arn;
  }

  targetType(arn: string): 'ip' | 'instance' {
    return this.targetGroups.get(arn).group.targetType;
  }

  targetGroupName(arn: string): string {
    return this.targetGroups.get(arn).group.name;
  }

  loadBalancerOfTargetGroup(arn: string): string | undefined {
    return this.targetGroups.get(arn).group.loadBalancerArn;
  }

  registerTarget(
    targetGroupArn: string,
    target: { id: string; port: number; address: SocketAddress },
  ): void {
    this.targetGroups.get(targetGroupArn).targets.register(target, target.address);
  }

  deregisterTarget(targetGroupArn: string, target: { id: string; port: number }): void {
    this.targetGroups.find(targetGroupArn)?.targets.deregister(target);
  }

  targetHealth(targetGroupArn: string): readonly TargetHealth[] {
    return this.targetGroups.get(targetGroupArn).targets.health();
  }

  onTargetHealth(targetGroupArn: string, changed: () => void): () => void {
    return this.targetGroups.get(targetGroupArn).targets.onChange(changed);
  }

  forwardings(listenerArn: string): readonly ForwardingView[] {
    const listener = this.listeners.get(listenerArn);
    const view = (arn: string, action: RoutingAction): ForwardingView => ({
      arn,
      listenerArn,
      weights: action.type === 'forward' ? action.weights : [],
    });
    return [
      view(listenerArn, listener.defaultAction),
      ...listener.rules.map((rule) => view(rule.arn, rule.action)),
    ];
  }

  certificateUsers(certificateArn: string): readonly string[] {
    const using = this.listeners
      .all()
      .filter(
        ({ tls }) =>
          tls?.certificateArn === certificateArn ||
          tls?.moreCertificateArns.includes(certificateArn),
      );
    return [...new Set(using.map(({ loadBalancer }) => loadBalancer.arn))];
  }

  setWeights(listenerOrRuleArn: string, weights: readonly TargetWeight[]): void {
    const { listener, rule } = this.rules.find(listenerOrRuleArn) ?? {
      listener: this.listeners.get(listenerOrRuleArn),
    };
    const before = rule ? rule.action : listener.defaultAction;
    const action: RoutingAction = {
      type: 'forward',
      weights: checkWeights(weights),
      ...(before.type === 'forward' && before.stickiness && { stickiness: before.stickiness }),
    };
    this.#checkAction(action, listener);
    this.listeners.setAction(listener, action, rule);
  }

  /** Deletes rules, listeners and the load balancer; their target groups stay. */
  async deleteLoadBalancer(loadBalancerArn: string): Promise<void> {
    this.loadBalancers.delete(loadBalancerArn);
    for (const { arn } of this.listeners.ofLoadBalancer(loadBalancerArn))
      await this.deleteListener(arn);
  }

  async deleteListener(listenerArn: string): Promise<void> {
    await this.listeners.delete(listenerArn);
    this.#noteReferences();
  }

  deleteRule(ruleArn: string): void {
    this.rules.delete(ruleArn);
    this.#noteReferences();
  }

  async stop(): Promise<void> {
    this.targetGroups.stop();
    await this.listeners.stop();
    this.#http2Targets.stop();
    await this.#proxy.stop();
  }

  #checkAction(action: RoutingAction, { loadBalancer, tls }: ActionPlace): void {
    for (const arn of targetGroupsOf(action)) {
      const { group } = this.targetGroups.get(arn);
      if (!tls && group.protocolVersion !== 'HTTP1') {
        throw new AwsError(
          'InvalidLoadBalancerActionException',
          `Listener protocol 'HTTP' is not supported with a target group with the protocol-version '${group.protocolVersion}'`,
        );
      }
      if (group.loadBalancerArn === undefined || group.loadBalancerArn === loadBalancer.arn)
        continue;
      throw new AwsError(
        'TargetGroupAssociationLimitException',
        `The following target groups cannot be associated with more than one load balancer: ${arn}`,
      );
    }
  }

  #actionChanged(listener: Listener, action: RoutingAction): void {
    this.#noteReferences();
    if (action.type !== 'forward') return;
    this.#world.journal.record('listener.weights', {
      listenerArn: listener.arn,
      port: listener.port,
      weights: action.weights.map(({ targetGroupArn, weight }) => ({
        targetGroupName: this.targetGroupName(targetGroupArn),
        weight,
      })),
    });
  }

  #noteReferences(): void {
    const references = new Map<string, string>();
    for (const listener of this.listeners.all()) {
      for (const action of [listener.defaultAction, ...listener.rules.map((rule) => rule.action)]) {
        for (const arn of targetGroupsOf(action)) references.set(arn, listener.loadBalancer.arn);
      }
    }
    this.targetGroups.setReferences(references);
  }

  /** A client that is bound to a group stays with it, at weight 0 as a setting says (aws-facts 4.1). */
  #chooseGroup(action: RoutingAction & { type: 'forward' }, { groupArn }: Bound) {
    const { stickyAtWeightZero, weightedForwarding } = this.#world.settings;
    const bound = action.weights.find(({ targetGroupArn }) => targetGroupArn === groupArn);
    if (bound && (bound.weight > 0 || stickyAtWeightZero)) {
      return this.targetGroups.find(bound.targetGroupArn);
    }
    if (weightedForwarding === 'random') {
      const drawn = drawWeighted(action.weights, this.#draws.next());
      return drawn && this.targetGroups.find(drawn.targetGroupArn);
    }
    let choice = this.#choices.get(action);
    if (!choice) {
      choice = new WeightedChoice(
        action.weights.map(({ targetGroupArn, weight }) => ({ item: targetGroupArn, weight })),
      );
      this.#choices.set(action, choice);
    }
    const arn = choice.next();
    return arn === undefined ? undefined : this.targetGroups.find(arn);
  }

  #finished(outcome: RequestOutcome): void {
    for (const observer of this.#observers) observer(outcome.request);
    const { targetGroup } = outcome;
    const receiving = targetGroup && this.targetGroups.find(targetGroup.arn)?.targets.receiving;
    putRequestMetrics(this.#world.services.cloudwatch, outcome, receiving);
  }
}
