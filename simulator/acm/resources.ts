import { z } from 'zod';
import { cfnTags } from '../cloudformation/property-schemas.ts';
import { type ResourceProviders, resource } from '../cloudformation/resource-provider.ts';
import type { AcmModel } from './model.ts';

/** How a name is validated is accepted and ignored: validation succeeds at once. */
const certificateProperties = z.strictObject({
  DomainName: z.string(),
  SubjectAlternativeNames: z.array(z.string()).optional(),
  ValidationMethod: z.enum(['DNS', 'EMAIL']).optional(),
  DomainValidationOptions: z
    .array(
      z.strictObject({
        DomainName: z.string(),
        HostedZoneId: z.string().optional(),
        ValidationDomain: z.string().optional(),
      }),
    )
    .optional(),
  KeyAlgorithm: z.literal('EC_prime256v1').optional(),
  CertificateTransparencyLoggingPreference: z.enum(['ENABLED', 'DISABLED']).optional(),
  Tags: cfnTags,
});

/** The CertificateManager resource type of a template. */
export function acmResources(model: AcmModel): ResourceProviders {
  return {
    'AWS::CertificateManager::Certificate': resource(certificateProperties, (properties) => {
      const { arn } = model.request({
        domainName: properties.DomainName,
        subjectAlternativeNames: properties.SubjectAlternativeNames,
        tags: properties.Tags,
      });
      return { physicalId: arn, attributes: { CertificateArn: arn } };
    }),
  };
}
