import { AwsError } from '../core/aws-error.ts';
import { wrongCombination, wrongValue } from './attribute-values.ts';

export interface Attribute {
  Key?: string | undefined;
  Value?: string | undefined;
}

/** Defaults of an Application Load Balancer's attributes, in the order DescribeLoadBalancerAttributes lists them. */
export const loadBalancerAttributeDefaults: Readonly<Record<string, string>> = {
  'access_logs.s3.enabled': 'false',
  'access_logs.s3.bucket': '',
  'access_logs.s3.prefix': '',
  'health_check_logs.s3.enabled': 'false',
  'health_check_logs.s3.bucket': '',
  'health_check_logs.s3.prefix': '',
  'idle_timeout.timeout_seconds': '60',
  'deletion_protection.enabled': 'false',
  'routing.http2.enabled': 'true',
  'routing.http.drop_invalid_header_fields.enabled': 'false',
  'routing.http.xff_client_port.enabled': 'false',
  'routing.http.preserve_host_header.enabled': 'false',
  'routing.http.xff_header_processing.mode': 'append',
  'load_balancing.cross_zone.enabled': 'true',
  'routing.http.desync_mitigation_mode': 'defensive',
  'client_keep_alive.seconds': '3600',
  'waf.fail_open.enabled': 'false',
  'routing.http.x_amzn_tls_version_and_cipher_suite.enabled': 'false',
  'zonal_shift.config.enabled': 'false',
  'connection_logs.s3.enabled': 'false',
  'connection_logs.s3.bucket': '',
  'connection_logs.s3.prefix': '',
};

export const targetGroupAttributeDefaults: Readonly<Record<string, string>> = {
  'stickiness.enabled': 'false',
  'deregistration_delay.timeout_seconds': '300',
  'stickiness.app_cookie.cookie_name': '',
  'stickiness.type': 'lb_cookie',
  'stickiness.lb_cookie.duration_seconds': '86400',
  'slow_start.duration_seconds': '0',
  'stickiness.app_cookie.duration_seconds': '86400',
  'load_balancing.cross_zone.enabled': 'use_load_balancer_configuration',
  'load_balancing.algorithm.type': 'round_robin',
  'load_balancing.algorithm.anomaly_mitigation': 'off',
  'target_group_health.unhealthy_state_routing.minimum_healthy_targets.count': '1',
  'target_group_health.unhealthy_state_routing.minimum_healthy_targets.percentage': 'off',
  'target_group_health.dns_failover.minimum_healthy_targets.count': '1',
  'target_group_health.dns_failover.minimum_healthy_targets.percentage': 'off',
};

export const listenerAttributeDefaults: Readonly<Record<string, string>> = {
  'routing.http.response.server.enabled': 'true',
};

/** Attributes that would change what clients see: a value other than the default is not simulated. */
const fixedAttributes = [
  'load_balancing.algorithm.anomaly_mitigation',
  'routing.http.x_amzn_tls_version_and_cipher_suite.enabled',
  'routing.http.response.server.enabled',
  'zonal_shift.config.enabled',
];

/** Sets attributes of one resource; all or none, and unknown keys are refused. */
export function setAttributes(
  kind: string,
  attributes: Map<string, string>,
  changes: readonly Attribute[],
): void {
  const accepted = changes.map(({ Key = '', Value = '' }) => {
    const current = attributes.get(Key);
    if (current === undefined) {
      throw invalid(`${kind} attribute key '${Key}' is not recognized`);
    }
    if (fixedAttributes.includes(Key) && Value !== current) {
      throw new AwsError(
        'NotImplemented',
        `Not simulated: ${kind} attribute '${Key}' with value '${Value}', only '${current}'`,
      );
    }
    const wrong = wrongValue(Key, Value);
    if (wrong) throw invalid(`${kind} attribute '${Key}' ${wrong}, not '${Value}'`);
    return [Key, Value] as const;
  });
  const combination = wrongCombination(new Map([...attributes, ...accepted]));
  if (combination) throw invalid(combination);
  for (const [key, value] of accepted) attributes.set(key, value);
}

export function describeAttributes(attributes: ReadonlyMap<string, string>): Attribute[] {
  return [...attributes].map(([Key, Value]) => ({ Key, Value }));
}

function invalid(message: string): AwsError {
  return new AwsError('InvalidConfigurationRequestException', message);
}
