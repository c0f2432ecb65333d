import type { Action, Certificate, Tag } from '@aws-sdk/client-elastic-load-balancing-v2';
import { AwsError } from '../core/aws-error.ts';
import type { World } from '../core/world.ts';
import { readActions } from './actions.ts';
import { type Attribute, listenerAttributeDefaults, setAttributes } from './attributes.ts';
import { checkLimit } from './limits.ts';
import { checkPort } from './listener-checks.ts';
import { ListenerFront, type ListenerFrontOptions } from './listener-front.ts';
import { addCertificates, readTls, removeCertificates } from './listener-tls.ts';
import type { Listener, ListenerTls, LoadBalancer, RoutingAction, Rule } from './state.ts';
import { tagMap } from './tags.ts';

export interface CreateListenerRequest {
  readonly loadBalancer: LoadBalancer;
  readonly port: number | undefined;
  readonly protocol: string | undefined;
  readonly certificates?: readonly Certificate[] | undefined;
  readonly sslPolicy?: string | undefined;
  readonly defaultActions: readonly Action[] | undefined;
  readonly attributes?: readonly Attribute[] | undefined;
  readonly tags?: readonly Tag[] | undefined;
}

/** Where an action is, or is about to be. */
export interface ActionPlace {
  readonly loadBalancer: LoadBalancer;
  readonly tls: ListenerTls | undefined;
}

export interface ListenersOptions extends ListenerFrontOptions {
  /** Throws when an action names a target group that a listener of this load balancer cannot forward to. */
  readonly checkAction: (action: RoutingAction, place: ActionPlace) => void;
  /** Called after every change of what is forwarded where. */
  readonly onActionChange: (listener: Listener, action: RoutingAction) => void;
}

/** Listeners; each has a real front that answers HTTP or HTTPS. */
export class Listeners {
  readonly #world: World;
  readonly #options: ListenersOptions;
  readonly #entries = new Map<string, { listener: Listener; front: ListenerFront }>();

  constructor(world: World, options: ListenersOptions) {
    this.#world = world;
    this.#options = options;
  }

  async create(request: CreateListenerRequest): Promise<Listener> {
    const { loadBalancer, port } = request;
    const tls = readTls(request, undefined, this.#exists);
    checkPort(port);
    this.#checkPortIsFree(loadBalancer, port);
    checkLimit(
      this.ofLoadBalancer(loadBalancer.arn).length,
      'listeners-per-application-load-balancer',
      'TooManyListenersException',
      'listeners on this load balancer',
    );
    const defaultAction = readActions(request.defaultActions);
    this.#options.checkAction(defaultAction, { loadBalancer, tls });
    const attributes = new Map(Object.entries(listenerAttributeDefaults));
    setAttributes('Listener', attributes, request.attributes ?? []);
    const { ids } = this.#world;
    const arn = `${loadBalancer.arn.replace(':loadbalancer/', ':listener/')}/${ids.hex(16)}`;
    const incomplete = {
      arn,
      loadBalancer,
      port,
      tls,
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
      certificates?: readonly Certificate[] | undefined;
      sslPolicy?: string | undefined;
      defaultActions?: readonly Action[] | undefined;
    },
  ): Listener {
    const listener = this.get(listenerArn);
    const protocol = changes.protocol ?? (listener.tls ? 'HTTPS' : 'HTTP');
    const tls = readTls({ ...changes, protocol }, listener.tls, this.#exists);
    const action = changes.defaultActions && readActions(changes.defaultActions);
    for (const each of [action ?? listener.defaultAction, ...listener.rules.map((r) => r.action)]) {
      this.#options.checkAction(each, { loadBalancer: listener.loadBalancer, tls });
    }
    if (changes.port !== undefined && changes.port !== listener.port)
      this.#move(listener, changes.port);
    this.#setTls(listener, tls);
    if (action) this.setAction(listener, action);
    return listener;
  }

  addCertificates(listenerArn: string, certificates: readonly Certificate[]): void {
    const listener = this.get(listenerArn);
    this.#setTls(listener, addCertificates(listener.tls, certificates, this.#exists));
  }

  removeCertificates(listenerArn: string, certificates: readonly Certificate[]): void {
    const listener = this.get(listenerArn);
    this.#setTls(listener, removeCertificates(listener.tls, certificates));
  }

  /** Replaces the default action, or that of one rule. */
  setAction(listener: Listener, action: RoutingAction, rule?: Rule): void {
    const place = rule ?? listener;
    const before = rule ? rule.action : listener.defaultAction;
    if (rule) rule.action = action;
    else listener.defaultAction = action;
    this.#spread(place, before, action);
    this.#options.onActionChange(listener, action);
  }

  /** A change reaches the balancer's requests after a while; one that came meanwhile has a while of its own. */
  #spread(place: Rule | Listener, before: RoutingAction, action: RoutingAction): void {
    const { clock, settings } = this.#world;
    place.servedAction = settings.listenerChangeMs > 0 ? (place.servedAction ?? before) : undefined;
    if (!place.servedAction) return;
    const arrive = () => {
      // Unless the setting was switched off meanwhile.
      if (place.servedAction) place.servedAction = action;
    };
    clock.schedule(settings.listenerChangeMs, arrive, 'background');
  }

  async delete(listenerArn: string): Promise<void> {
    const { loadBalancer, port } = this.get(listenerArn);
    const front = this.#entries.get(listenerArn)?.front;
    this.#entries.delete(listenerArn);
    this.#world.network.unroute(loadBalancer.dnsName, port);
    await front?.stop();
  }

  async stop(): Promise<void> {
    const fronts = [...this.#entries.values()].map(({ front }) => front);
    this.#entries.clear();
    await Promise.all(fronts.map((front) => front.stop()));
  }

  readonly #exists = (certificateArn: string): boolean => {
    const certificate = this.#options.findCertificate(certificateArn);
    // The words of many public threads about certificates that still wait for validation.
    if (certificate?.pending) {
      throw new AwsError(
        'UnsupportedCertificate',
        `The certificate '${certificateArn}' must have a fully-qualified domain name, a supported signature, and a supported key size.`,
      );
    }
    return certificate !== undefined;
  };

  #setTls(listener: Listener, tls: ListenerTls | undefined): void {
    listener.tls = tls;
    this.#entries.get(listener.arn)?.front.serve(listener);
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
