import type { SecureVersion } from 'node:tls';
import type { SslPolicy } from '@aws-sdk/client-elastic-load-balancing-v2';
import { AwsError } from '../core/aws-error.ts';

/** Oldest and newest TLS version of a security policy. */
export interface SslPolicyVersions {
  readonly minVersion: SecureVersion;
  readonly maxVersion: SecureVersion;
}

/** What listeners made by API, CLI, CloudFormation or CDK get; the console suggests a newer one. */
export const defaultSslPolicy = 'ELBSecurityPolicy-2016-08';

const versions: readonly SecureVersion[] = ['TLSv1', 'TLSv1.1', 'TLSv1.2', 'TLSv1.3'];

/** Predefined policies of Application Load Balancers, without `ELBSecurityPolicy-`. */
const names: readonly string[] = [
  'TLS13-1-3-2021-06',
  'TLS13-1-2-2021-06',
  'TLS13-1-2-Res-2021-06',
  'TLS13-1-2-Ext1-2021-06',
  'TLS13-1-2-Ext2-2021-06',
  'TLS13-1-1-2021-06',
  'TLS13-1-0-2021-06',
  'TLS13-1-3-PQ-2025-09',
  'TLS13-1-2-PQ-2025-09',
  'TLS13-1-2-Res-PQ-2025-09',
  'TLS13-1-2-Ext1-PQ-2025-09',
  'TLS13-1-2-Ext2-PQ-2025-09',
  'TLS13-1-0-PQ-2025-09',
  'TLS13-1-3-FIPS-2023-04',
  'TLS13-1-2-FIPS-2023-04',
  'TLS13-1-2-Res-FIPS-2023-04',
  'TLS13-1-2-Ext0-FIPS-2023-04',
  'TLS13-1-2-Ext1-FIPS-2023-04',
  'TLS13-1-2-Ext2-FIPS-2023-04',
  'TLS13-1-1-FIPS-2023-04',
  'TLS13-1-0-FIPS-2023-04',
  'TLS13-1-3-FIPS-PQ-2025-09',
  'TLS13-1-2-FIPS-PQ-2025-09',
  'TLS13-1-2-Res-FIPS-PQ-2025-09',
  'TLS13-1-2-Ext0-FIPS-PQ-2025-09',
  'TLS13-1-2-Ext1-FIPS-PQ-2025-09',
  'TLS13-1-2-Ext2-FIPS-PQ-2025-09',
  'TLS13-1-0-FIPS-PQ-2025-09',
  'FS-1-2-Res-2020-10',
  'FS-1-2-Res-2019-08',
  'FS-1-2-2019-08',
  'FS-1-1-2019-08',
  'FS-2018-06',
  'TLS-1-2-Ext-2018-06',
  'TLS-1-2-2017-01',
  'TLS-1-1-2017-01',
  '2016-08',
];
const prefix = 'ELBSecurityPolicy-';

/** Throws `SSLPolicyNotFoundException` for a name that is no predefined policy. */
export function sslPolicy(name: string): SslPolicyVersions {
  if (!name.startsWith(prefix) || !names.includes(name.slice(prefix.length))) {
    throw new AwsError('SSLPolicyNotFoundException', `SSL policy '${name}' not found`);
  }
  // TLS13-1-N: from 1.N to 1.3; FS-1-N and TLS-1-N: from 1.N to 1.2; the others: from 1.0 to 1.2.
  const [, family, minor = '0'] = /-(TLS13|TLS|FS)-1-(\d)-/.exec(name) ?? [];
  return {
    minVersion: versions[Number(minor)] ?? 'TLSv1',
    maxVersion: family === 'TLS13' ? 'TLSv1.3' : 'TLSv1.2',
  };
}

export function sslPolicyNames(): string[] {
  return names.map((name) => `${prefix}${name}`);
}

/** A policy with its TLS versions; ciphers are Node.js's own and not listed. Throws `SSLPolicyNotFoundException`. */
export function describeSslPolicy(name: string): SslPolicy {
  const { minVersion, maxVersion } = sslPolicy(name);
  const spoken = versions.slice(versions.indexOf(minVersion), versions.indexOf(maxVersion) + 1);
  return {
    Name: name,
    SslProtocols: spoken,
    Ciphers: [],
    SupportedLoadBalancerTypes: ['application', 'network'],
  };
}
