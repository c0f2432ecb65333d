import type {
  DnsConfig,
  HealthCheckConfig,
  HealthCheckCustomConfig,
} from '@aws-sdk/client-servicediscovery';
import { AwsError } from '../core/aws-error.ts';
import type { Namespace } from './state.ts';

export interface ServiceRequest {
  readonly name: string;
  readonly namespaceId: string | undefined;
  readonly creatorRequestId: string | undefined;
  readonly description: string | undefined;
  readonly dnsConfig: DnsConfig | undefined;
  readonly healthCheckConfig: HealthCheckConfig | undefined;
  readonly healthCheckCustomConfig: HealthCheckCustomConfig | undefined;
  readonly type: 'HTTP' | undefined;
  readonly tags: Map<string, string>;
}

/** Rules of the API reference (CreateService, DnsConfig); the words are ours. Throws AwsError `InvalidInput`. */
export function checkService(request: ServiceRequest, namespace: Namespace): void {
  const { dnsConfig, healthCheckConfig, healthCheckCustomConfig, type } = request;
  const byApiOnly = namespace.type === 'HTTP' || type === 'HTTP';
  if (byApiOnly && dnsConfig) {
    throw invalidInput('A service that only the API discovers has no DnsConfig.');
  }
  if (!byApiOnly && !dnsConfig) {
    throw invalidInput('A service in a DNS namespace needs a DnsConfig, or the Type HTTP.');
  }
  if (healthCheckConfig && healthCheckCustomConfig) {
    throw invalidInput('Specify HealthCheckConfig or HealthCheckCustomConfig, not both.');
  }
  if (healthCheckConfig && namespace.type === 'DNS_PRIVATE') {
    throw invalidInput('HealthCheckConfig is not for services in private DNS namespaces.');
  }
  const types = (dnsConfig?.DnsRecords ?? []).map(({ Type }) => Type);
  if (types.includes('CNAME') && (types.length > 1 || dnsConfig?.RoutingPolicy !== 'WEIGHTED')) {
    throw invalidInput('A CNAME record stands alone and needs the WEIGHTED routing policy.');
  }
}

export function invalidInput(message: string): AwsError {
  return new AwsError('InvalidInput', message);
}
