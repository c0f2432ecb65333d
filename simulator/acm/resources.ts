import { z } from 'zod';
import { cfnTags } from '../cloudformation/property-schemas.ts';
import { type ResourceProviders, resource } from '../cloudformation/resource-provider.ts';
import { serviceApi } from '../cloudformation/service-api.ts';
import { tagChanges } from '../cloudformation/tag-changes.ts';
import type { AcmModel } from './model.ts';
import { acmWire } from './wire.ts';

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
  const api = serviceApi((world) => acmWire(model, world));
  return {
    'AWS::CertificateManager::Certificate': resource(
      certificateProperties,
      (properties) => {
        const { arn } = model.request({
          domainName: properties.DomainName,
          subjectAlternativeNames: properties.SubjectAlternativeNames,
          tags: properties.Tags,
        });
        return { physicalId: arn, attributes: { CertificateArn: arn } };
      },
      {
        replacedBy: [
          'DomainName',
          'SubjectAlternativeNames',
          'ValidationMethod',
          'DomainValidationOptions',
          'KeyAlgorithm',
        ],
        async update({ physicalId: CertificateArn, properties, next }, context) {
          const { set, removed } = tagChanges(properties.Tags, next.Tags);
          if (removed.length > 0) {
            const Tags = removed.map((Key) => ({ Key }));
            await api('RemoveTagsFromCertificate', { CertificateArn, Tags }, context);
          }
          if (set.length > 0)
            await api('AddTagsToCertificate', { CertificateArn, Tags: set }, context);
          return undefined;
        },
        async delete({ physicalId: CertificateArn }, context) {
          await api('DeleteCertificate', { CertificateArn }, context);
        },
      },
    ),
  };
}
