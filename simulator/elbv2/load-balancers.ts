import type { Tag } from '@aws-sdk/client-elastic-load-balancing-v2';
import { arn } from '../core/arns.ts';
import { AwsError } from '../core/aws-error.ts';
import type { World } from '../core/world.ts';
import { notSimulated, validationError } from './actions.ts';
import { type Attribute, loadBalancerAttributeDefaults, setAttributes } from './attributes.ts';
import { checkLimit } from './limits.ts';
import type { LoadBalancer } from './state.ts';
import { tagMap } from './tags.ts';

export interface CreateLoadBalancerRequest {
  readonly name: string;
  readonly scheme?: string | undefined;
  readonly type?: string | undefined;
  readonly subnets?: readonly string[] | undefined;
  readonly securityGroups?: readonly string[] | undefined;
  readonly ipAddressType?: string | undefined;
  readonly attributes?: readonly Attribute[] | undefined;
  readonly tags?: readonly Tag[] | undefined;
}

/** Application Load Balancers, as data; what moves requests are their listeners. */
export class LoadBalancers {
  readonly #world: World;
  readonly #byArn = new Map<string, LoadBalancer>();

  constructor(world: World) {
    this.#world = world;
  }

  create(request: CreateLoadBalancerRequest): LoadBalancer {
    const { name } = request;
    const type = request.type || 'application';
    const scheme = request.scheme || 'internet-facing';
    if (type !== 'application') throw notSimulated(`load balancer type ${type}`);
    if (scheme !== 'internet-facing' && scheme !== 'internal') {
      throw new AwsError('InvalidSchemeException', `Scheme '${scheme}' is not valid`);
    }
    if (!/^(?!internal-)[A-Za-z0-9](?:[A-Za-z0-9-]{0,30}[A-Za-z0-9])?$/.test(name)) {
      throw validationError(
        `The load balancer name '${name}' must have 1 to 32 letters, digits and hyphens`,
      );
    }
    const known = this.all().find((other) => other.name === name);
    if (known && sameSettings(known, request, scheme)) return known;
    if (known) {
      throw new AwsError(
        'DuplicateLoadBalancerNameException',
        `A load balancer with the name '${name}' exists, but with different settings`,
      );
    }
    checkLimit(
      this.#byArn.size,
      'application-load-balancers',
      'TooManyLoadBalancersException',
      'load balancers',
    );
    const { identity, ids, clock, services, settings } = this.#world;
    services.iam.ensureServiceLinkedRole('elasticloadbalancing.amazonaws.com');
    const fullName = `app/${name}/${ids.hex(16)}`;
    const attributes = new Map(Object.entries(loadBalancerAttributeDefaults));
    setAttributes('Load balancer', attributes, request.attributes ?? []);
    const prefix = scheme === 'internal' ? 'internal-' : '';
    const balancer: LoadBalancer = {
      arn: arn(identity, 'elasticloadbalancing', `loadbalancer/${fullName}`),
      name,
      fullName,
      dnsName: `${prefix}${name}-1${ids.digits(9)}.${identity.region}.elb.amazonaws.com`,
      scheme,
      createdAtMs: clock.now(),
      subnets: request.subnets ?? [],
      securityGroups: request.securityGroups ?? [],
      ipAddressType: request.ipAddressType || 'ipv4',
      attributes,
      tags: tagMap(request.tags),
    };
    this.#byArn.set(balancer.arn, balancer);
    const { loadBalancerProvisioningMs } = settings;
    // Somebody may wait until it is active: time jumps there.
    if (loadBalancerProvisioningMs > 0) clock.schedule(loadBalancerProvisioningMs, () => {});
    return balancer;
  }

  all(): LoadBalancer[] {
    return [...this.#byArn.values()];
  }

  get(loadBalancerArn: string): LoadBalancer {
    const balancer = this.#byArn.get(loadBalancerArn);
    if (!balancer) throw notFound('One or more load balancers not found');
    return balancer;
  }

  select(filter: { arns?: readonly string[] | undefined; names?: readonly string[] | undefined }) {
    if (filter.arns?.length) return filter.arns.map((wanted) => this.get(wanted));
    if (!filter.names?.length) return this.all();
    const { names } = filter;
    const found = this.all().filter(({ name }) => names.includes(name));
    const missing = names.filter((name) => !found.some((balancer) => balancer.name === name));
    if (missing.length > 0) throw notFound(`Load balancers '[${missing.join(', ')}]' not found`);
    return found;
  }

  /** Answers without error when there is none, as AWS does. */
  delete(loadBalancerArn: string): void {
    const balancer = this.#byArn.get(loadBalancerArn);
    if (balancer?.attributes.get('deletion_protection.enabled') === 'true') {
      throw new AwsError(
        'OperationNotPermittedException',
        `Load balancer '${loadBalancerArn}' cannot be deleted because deletion protection is enabled`,
      );
    }
    this.#byArn.delete(loadBalancerArn);
  }
}

/** A second CreateLoadBalancer with the same settings succeeds (API reference: the call is idempotent). */
function sameSettings(
  known: LoadBalancer,
  { subnets = [], securityGroups = [], ipAddressType }: CreateLoadBalancerRequest,
  scheme: string,
): boolean {
  const same = (left: readonly string[], right: readonly string[]) =>
    [...left].sort().join() === [...right].sort().join();
  return (
    subnets.length > 0 &&
    known.scheme === scheme &&
    known.ipAddressType === (ipAddressType || 'ipv4') &&
    same(known.subnets, subnets) &&
    same(known.securityGroups, securityGroups)
  );
}

function notFound(message: string): AwsError {
  return new AwsError('LoadBalancerNotFoundException', message);
}
