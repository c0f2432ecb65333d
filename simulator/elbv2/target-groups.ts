import type { Tag } from '@aws-sdk/client-elastic-load-balancing-v2';
import { arn } from '../core/arns.ts';
import { AwsError } from '../core/aws-error.ts';
import type { World } from '../core/world.ts';
import { notSimulated, validationError } from './actions.ts';
import { type Attribute, setAttributes, targetGroupAttributeDefaults } from './attributes.ts';
import { type HealthCheckSettings, readHealthCheck } from './health-check-settings.ts';
import { checkLimit } from './limits.ts';
import type { LoadBalancers } from './load-balancers.ts';
import type { ProtocolVersion, TargetGroup, TargetType } from './state.ts';
import { tagMap } from './tags.ts';
import { TargetRegistry } from './target-registry.ts';

const longestName = 32;

export interface CreateTargetGroupRequest extends HealthCheckSettings {
  readonly name: string;
  readonly protocol?: string | undefined;
  readonly protocolVersion?: string | undefined;
  readonly port?: number | undefined;
  readonly vpcId?: string | undefined;
  readonly targetType?: string | undefined;
  readonly ipAddressType?: string | undefined;
  readonly attributes?: readonly Attribute[] | undefined;
  readonly tags?: readonly Tag[] | undefined;
}

interface Entry {
  readonly group: TargetGroup;
  readonly targets: TargetRegistry;
}

/** Target groups, each with its targets. */
export class TargetGroups {
  readonly #world: World;
  readonly #balancers: LoadBalancers;
  readonly #byArn = new Map<string, Entry>();

  constructor(world: World, balancers: LoadBalancers) {
    this.#world = world;
    this.#balancers = balancers;
  }

  create(request: CreateTargetGroupRequest): TargetGroup {
    const { name, port } = request;
    if (!/^[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?$/.test(name) || name.length > longestName) {
      throw validationError(
        `Target group name '${name}' must have 1 to ${longestName} letters, digits and hyphens`,
      );
    }
    const targetType = readTargetType(request.targetType);
    if (request.protocol !== 'HTTP') {
      throw notSimulated(`target group protocol ${request.protocol} (only HTTP)`);
    }
    const protocolVersion = readProtocolVersion(request.protocolVersion);
    if (port === undefined) throw validationError('A port must be specified');
    const known = this.findByName(name);
    if (known && sameSettings(known, request, { protocolVersion, targetType })) return known;
    checkLimit(this.#byArn.size, 'target-groups', 'TooManyTargetGroupsException', 'target groups');
    if (known) {
      throw new AwsError(
        'DuplicateTargetGroupNameException',
        `A target group with the same name '${name}' exists, but with different settings`,
      );
    }
    const attributes = new Map(Object.entries(targetGroupAttributeDefaults));
    setAttributes('Target group', attributes, request.attributes ?? []);
    const fullName = `targetgroup/${name}/${this.#world.ids.hex(16)}`;
    const group: TargetGroup = {
      arn: arn(this.#world.identity, 'elasticloadbalancing', fullName),
      name,
      fullName,
      targetType,
      port,
      vpcId: request.vpcId,
      protocolVersion,
      ipAddressType: request.ipAddressType || 'ipv4',
      healthCheck: readHealthCheck(request, { protocolVersion, targetType }),
      attributes,
      tags: tagMap(request.tags),
      loadBalancerArn: undefined,
    };
    this.#byArn.set(group.arn, {
      group,
      targets: new TargetRegistry(this.#world, group, this.#balancers),
    });
    return group;
  }

  all(): TargetGroup[] {
    return [...this.#byArn.values()].map(({ group }) => group);
  }

  find(targetGroupArn: string): Entry | undefined {
    return this.#byArn.get(targetGroupArn);
  }

  findByName(name: string): TargetGroup | undefined {
    return this.all().find((group) => group.name === name);
  }

  get(targetGroupArn: string): Entry {
    const entry = this.#byArn.get(targetGroupArn);
    if (!entry) throw notFound('One or more target groups not found');
    return entry;
  }

  select(filter: {
    arns?: readonly string[] | undefined;
    names?: readonly string[] | undefined;
    loadBalancerArn?: string | undefined;
  }): TargetGroup[] {
    if (filter.arns?.length) return filter.arns.map((wanted) => this.get(wanted).group);
    if (filter.names?.length) {
      return filter.names.map((name) => {
        const group = this.findByName(name);
        if (!group) throw notFound('One or more target groups not found');
        return group;
      });
    }
    if (filter.loadBalancerArn === undefined) return this.all();
    return this.all().filter((group) => group.loadBalancerArn === filter.loadBalancerArn);
  }

  /** Notes which load balancer names each group; the others' targets become unused. */
  setReferences(loadBalancerByGroup: ReadonlyMap<string, string>): void {
    for (const { group, targets } of this.#byArn.values()) {
      group.loadBalancerArn = loadBalancerByGroup.get(group.arn);
      targets.setInUse(group.loadBalancerArn !== undefined);
    }
  }

  /** Answers without error when there is none, as AWS does. */
  delete(targetGroupArn: string): void {
    const entry = this.#byArn.get(targetGroupArn);
    if (entry?.group.loadBalancerArn) {
      throw new AwsError(
        'ResourceInUseException',
        `Target group '${targetGroupArn}' is currently in use by a listener or a rule`,
      );
    }
    entry?.targets.stop();
    this.#byArn.delete(targetGroupArn);
  }

  stop(): void {
    for (const { targets } of this.#byArn.values()) targets.stop();
  }
}

/** A second CreateTargetGroup with the same settings succeeds (API reference: the call is idempotent). */
function sameSettings(
  known: TargetGroup,
  request: CreateTargetGroupRequest,
  kind: Pick<TargetGroup, 'protocolVersion' | 'targetType'>,
): boolean {
  const wanted = readHealthCheck(request, kind);
  return (
    known.targetType === kind.targetType &&
    known.port === request.port &&
    known.vpcId === request.vpcId &&
    known.protocolVersion === kind.protocolVersion &&
    JSON.stringify(known.healthCheck) === JSON.stringify(wanted)
  );
}

/** Without one targets are instances (API reference, CreateTargetGroup). */
function readTargetType(type: string | undefined): TargetType {
  const wanted = type || 'instance';
  if (wanted === 'ip' || wanted === 'instance') return wanted;
  throw notSimulated(`target type ${wanted} (only ip and instance)`);
}

/** Terraform sends empty strings for what is unset. */
function readProtocolVersion(version: string | undefined): ProtocolVersion {
  const wanted = version || 'HTTP1';
  if (wanted === 'HTTP1' || wanted === 'HTTP2' || wanted === 'GRPC') return wanted;
  throw validationError(`Protocol version '${wanted}' must be one of 'GRPC, HTTP1, HTTP2'`);
}

function notFound(message: string): AwsError {
  return new AwsError('TargetGroupNotFoundException', message);
}
