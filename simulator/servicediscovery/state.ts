import type {
  DnsConfig,
  HealthCheckConfig,
  HealthCheckCustomConfig,
} from '@aws-sdk/client-servicediscovery';

export interface Namespace {
  readonly id: string;
  readonly arn: string;
  readonly name: string;
  readonly type: 'HTTP' | 'DNS_PRIVATE';
  /** By which DiscoverInstances knows it; differs from the name where that was taken. */
  readonly httpName: string;
  readonly hostedZoneId: string | undefined;
  readonly vpcId: string | undefined;
  readonly creatorRequestId: string | undefined;
  readonly createdAtMs: number;
  description: string | undefined;
  /** Time to live of the start of authority, seconds. */
  soaTtl: number | undefined;
  readonly tags: Map<string, string>;
}

export interface DiscoveryService {
  readonly id: string;
  readonly arn: string;
  readonly name: string;
  readonly namespace: Namespace;
  readonly type: 'HTTP' | 'DNS_HTTP';
  readonly healthCheckCustomConfig: HealthCheckCustomConfig | undefined;
  readonly creatorRequestId: string | undefined;
  readonly createdAtMs: number;
  description: string | undefined;
  dnsConfig: DnsConfig | undefined;
  healthCheckConfig: HealthCheckConfig | undefined;
  readonly tags: Map<string, string>;
  readonly instances: Map<string, Instance>;
  /** Counts registrations and deregistrations. */
  revision: number;
}

export interface Instance {
  readonly id: string;
  readonly attributes: Readonly<Record<string, string>>;
  /** Undefined where nothing checks it. */
  readonly health: 'HEALTHY' | 'UNHEALTHY' | undefined;
}

/** What an operation id stands for; all are over at once. */
export interface DiscoveryOperation {
  readonly id: string;
  readonly type: 'CREATE_NAMESPACE' | 'DELETE_NAMESPACE' | 'UPDATE_NAMESPACE' | 'UPDATE_SERVICE';
  readonly atMs: number;
  readonly targets: Readonly<Partial<Record<'NAMESPACE' | 'SERVICE', string>>>;
  readonly failure: { readonly code: string; readonly message: string } | undefined;
}
