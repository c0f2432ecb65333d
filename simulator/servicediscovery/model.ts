import { arn } from '../core/arns.ts';
import { AwsError } from '../core/aws-error.ts';
import type { RegisteredInstance, ServiceDiscoveryService } from '../core/services.ts';
import type { World } from '../core/world.ts';
import { checkService, type ServiceRequest } from './service-rules.ts';
import type { DiscoveryOperation, DiscoveryService, Namespace } from './state.ts';

export interface NamespaceRequest {
  readonly name: string;
  readonly type: Namespace['type'];
  readonly vpcId?: string | undefined;
  readonly description?: string | undefined;
  readonly soaTtl?: number | undefined;
  readonly creatorRequestId?: string | undefined;
  readonly tags: Map<string, string>;
}

/** Cloud Map: namespaces, their services and the instances that ECS registers. No DNS is answered. */
export class ServiceDiscoveryModel implements ServiceDiscoveryService {
  readonly #world: World;
  readonly #namespaces = new Map<string, Namespace>();
  readonly #services = new Map<string, DiscoveryService>();
  readonly #operations = new Map<string, DiscoveryOperation>();
  /** Operations by what was asked and with which creator request id. */
  readonly #asked = new Map<string, DiscoveryOperation>();

  constructor(world: World) {
    this.#world = world;
  }

  /** Throws AwsError `NamespaceAlreadyExists`; a hosted zone that cannot be made fails the operation only. */
  createNamespace(request: NamespaceRequest): DiscoveryOperation {
    const { name, type, creatorRequestId, vpcId } = request;
    const key = creatorRequestId && [type, name, vpcId, creatorRequestId].join(' ');
    const asked = key ? this.#asked.get(key) : undefined;
    if (asked) return asked;
    const same = this.namespaces().filter((each) => each.name === name && each.type === type);
    const [twin] = same;
    if (twin && type === 'HTTP') {
      throw new AwsError('NamespaceAlreadyExists', `The namespace ${name} already exists.`, {
        members: { CreatorRequestId: twin.creatorRequestId, NamespaceId: twin.id },
      });
    }
    const conflict = same.find((each) => each.vpcId === vpcId);
    const operation = conflict
      ? this.operation('CREATE_NAMESPACE', {}, this.#conflict(conflict))
      : this.operation('CREATE_NAMESPACE', { NAMESPACE: this.#addNamespace(request).id });
    if (key) this.#asked.set(key, operation);
    return operation;
  }

  /** By id or ARN. Throws AwsError `NamespaceNotFound`. */
  namespace(reference = ''): Namespace {
    const found = this.#namespaces.get(reference.replace(/^arn:.*:namespace\//, ''));
    if (found) return found;
    throw new AwsError('NamespaceNotFound', `No namespace with ID ${reference} exists.`);
  }

  namespaces(): Namespace[] {
    return [...this.#namespaces.values()];
  }

  /** Throws AwsError `ResourceInUse` while it has services. */
  deleteNamespace(reference: string | undefined): DiscoveryOperation {
    const { id } = this.namespace(reference);
    if (this.servicesOf(id).length > 0) {
      throw new AwsError(
        'ResourceInUse',
        'Namespace has associated services; delete the services before deleting the namespace',
      );
    }
    this.#namespaces.delete(id);
    return this.operation('DELETE_NAMESPACE', { NAMESPACE: id });
  }

  /** Throws AwsError `NamespaceNotFound`, `ServiceAlreadyExists` or `InvalidInput`. */
  createService(request: ServiceRequest): DiscoveryService {
    const { name, namespaceId, creatorRequestId, ...settings } = request;
    const namespace = this.namespace(namespaceId ?? request.dnsConfig?.NamespaceId);
    checkService(request, namespace);
    // Names that DNS answers differ by more than their case (API reference, CreateService).
    const spelled = (one: string) => (namespace.type === 'HTTP' ? one : one.toLowerCase());
    const known = this.servicesOf(namespace.id).find(
      (each) => spelled(each.name) === spelled(name),
    );
    if (known && creatorRequestId && known.creatorRequestId === creatorRequestId) return known;
    if (known) {
      throw new AwsError('ServiceAlreadyExists', `A service named ${name} already exists.`, {
        members: { CreatorRequestId: known.creatorRequestId, ServiceId: known.id },
      });
    }
    const id = `srv-${this.#world.ids.hex(16)}`;
    const service: DiscoveryService = {
      ...settings,
      id,
      arn: arn(this.#world.identity, 'servicediscovery', `service/${id}`),
      name,
      namespace,
      type: namespace.type === 'HTTP' || request.type === 'HTTP' ? 'HTTP' : 'DNS_HTTP',
      creatorRequestId,
      createdAtMs: this.#world.clock.now(),
      instances: new Map(),
      revision: 1,
    };
    this.#services.set(id, service);
    return service;
  }

  /** By id or ARN. Throws AwsError `ServiceNotFound`. */
  service(reference = ''): DiscoveryService {
    const found = this.#find(reference);
    if (found) return found;
    throw new AwsError('ServiceNotFound', `No service with ID ${reference} exists.`);
  }

  services(): DiscoveryService[] {
    return [...this.#services.values()];
  }

  servicesOf(namespaceId: string): DiscoveryService[] {
    return this.services().filter(({ namespace }) => namespace.id === namespaceId);
  }

  /** Throws AwsError `ResourceInUse` while it has instances (hashicorp/terraform-provider-aws #4853). */
  deleteService(reference: string | undefined): void {
    const service = this.service(reference);
    if (service.instances.size > 0) {
      throw new AwsError(
        'ResourceInUse',
        'Service contains registered instances; delete the instances before deleting the service',
      );
    }
    this.#services.delete(service.id);
  }

  /** Remembers what is done already. */
  operation(
    type: DiscoveryOperation['type'],
    targets: DiscoveryOperation['targets'],
    failure?: DiscoveryOperation['failure'],
  ): DiscoveryOperation {
    const { ids, clock } = this.#world;
    const id = `${ids.hex(32)}-${ids.hex(8)}`;
    const operation = { id, type, atMs: clock.now(), targets, failure };
    this.#operations.set(id, operation);
    return operation;
  }

  /** Throws AwsError `OperationNotFound`. */
  getOperation(id = ''): DiscoveryOperation {
    const found = this.#operations.get(id);
    if (found) return found;
    throw new AwsError('OperationNotFound', `No operation with ID ${id} exists.`);
  }

  registry(serviceArn: string) {
    const service = this.#find(serviceArn);
    return (
      service && {
        recordTypes: (service.dnsConfig?.DnsRecords ?? []).map(({ Type = '' }) => `${Type}`),
        keepsHealth: service.healthCheckCustomConfig !== undefined,
      }
    );
  }

  registerInstance(serviceArn: string, instance: RegisteredInstance): void {
    const service = this.#find(serviceArn);
    if (!service) return;
    if (!service.instances.has(instance.id)) service.revision++;
    service.instances.set(instance.id, instance);
  }

  deregisterInstance(serviceArn: string, instanceId: string): void {
    const service = this.#find(serviceArn);
    if (service?.instances.delete(instanceId)) service.revision++;
  }

  #find(reference: string): DiscoveryService | undefined {
    return this.#services.get(reference.replace(/^arn:.*:service\//, ''));
  }

  #addNamespace({ name, type, tags, ...request }: NamespaceRequest): Namespace {
    const { ids, identity, clock } = this.#world;
    const id = `ns-${ids.hex(16)}`;
    const taken = this.namespaces().some(({ httpName }) => httpName === name);
    const namespace: Namespace = {
      id,
      arn: arn(identity, 'servicediscovery', `namespace/${id}`),
      name,
      type,
      // "If you reuse Name for namespace creation, a generated hash is added" (API reference, DiscoverInstances).
      httpName: taken ? `${name}-${ids.hex(8)}` : name,
      hostedZoneId: type === 'DNS_PRIVATE' ? `Z${ids.hex(20).toUpperCase()}` : undefined,
      vpcId: request.vpcId,
      creatorRequestId: request.creatorRequestId,
      createdAtMs: clock.now(),
      description: request.description,
      soaTtl: request.soaTtl,
      tags,
    };
    this.#namespaces.set(id, namespace);
    return namespace;
  }

  /** One VPC has one zone of a name (docker-archive/ecs-plugin #186; the code from the API reference, Operation). */
  #conflict({ vpcId, hostedZoneId }: Namespace): DiscoveryOperation['failure'] {
    const { region } = this.#world.identity;
    return {
      code: 'CANNOT_CREATE_HOSTED_ZONE',
      message: `The VPC ${vpcId} in region ${region} has already been associated with the hosted zone ${hostedZoneId} with the same domain name. (Service: AmazonRoute53; Status Code: 400; Error Code: ConflictingDomainExists)`,
    };
  }
}
