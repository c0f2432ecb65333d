import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import type { ProtocolVersion } from './state.ts';

export interface SecureOptions {
  /** Of the certificate that is requested for the listeners; clients must name it (SNI) to find it valid. */
  readonly domainName: string;
  /** Default: as in the template. */
  readonly protocolVersion?: ProtocolVersion | undefined;
}

const templateSchema = z.looseObject({
  Resources: z.record(
    z.string(),
    z.looseObject({ Type: z.string(), Properties: z.record(z.string(), z.unknown()).optional() }),
  ),
});
type Template = z.infer<typeof templateSchema>;

const certificateId = 'ListenerCertificate';

/**
 * The same template with every HTTP listener speaking HTTPS, and its target groups another protocol version:
 * for stages that the sample, which stays with HTTP, does not offer.
 */
export function secureTemplate(template: Template, options: SecureOptions): Template {
  const entries = Object.entries(template.Resources);
  const listens = entries.some(([, { Type }]) => Type === 'AWS::ElasticLoadBalancingV2::Listener');
  if (!listens) return template;
  const resources = entries.map(([id, resource]) => [id, rewrite(resource, options)] as const);
  return {
    ...template,
    Resources: {
      ...Object.fromEntries(resources),
      [certificateId]: {
        Type: 'AWS::CertificateManager::Certificate',
        Properties: { DomainName: options.domainName, ValidationMethod: 'DNS' },
      },
    },
  };
}

/** Rewrites the templates of a synthesized cloud assembly in place. */
export function secureAssembly(directory: string, options: SecureOptions): void {
  const names = readdirSync(directory).filter((name) => name.endsWith('.template.json'));
  for (const name of names) {
    const file = join(directory, name);
    const template = templateSchema.parse(JSON.parse(readFileSync(file, 'utf8')));
    writeFileSync(file, JSON.stringify(secureTemplate(template, options), null, 1));
  }
}

function rewrite(
  resource: Template['Resources'][string],
  { protocolVersion }: SecureOptions,
): Template['Resources'][string] {
  const { Type, Properties = {} } = resource;
  if (Type === 'AWS::ElasticLoadBalancingV2::Listener' && Properties.Protocol === 'HTTP') {
    const Certificates = [{ CertificateArn: { Ref: certificateId } }];
    return { ...resource, Properties: { ...Properties, Protocol: 'HTTPS', Certificates } };
  }
  if (Type === 'AWS::ElasticLoadBalancingV2::TargetGroup' && protocolVersion !== undefined) {
    // A check of HTTP says nothing to a gRPC server; its group then gets the gRPC defaults.
    const { HealthCheckPath, Matcher, ...others } = Properties;
    const kept = protocolVersion === 'GRPC' ? others : Properties;
    return { ...resource, Properties: { ...kept, ProtocolVersion: protocolVersion } };
  }
  return resource;
}
