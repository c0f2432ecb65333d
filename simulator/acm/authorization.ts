import type { Identity } from '../core/arns.ts';
import {
  anyResource,
  requestTagKeys,
  type ServiceAuthorization,
  sameNeeds,
  text,
} from '../wire/authorization.ts';

/** Actions on ACM: its page in the Service Authorization Reference. */
export function acmAuthorization({ region, accountId }: Identity): ServiceAuthorization {
  return {
    prefix: 'acm',
    operations: {
      ...anyResource('ListCertificates', 'GetAccountConfiguration', 'PutAccountConfiguration'),
      ...sameNeeds(
        (input) => ({
          resource:
            text(input.CertificateArn) || `arn:aws:acm:${region}:${accountId}:certificate/*`,
          keys: requestTagKeys(input.Tags),
        }),
        'AddTagsToCertificate',
        'DeleteCertificate',
        'DescribeCertificate',
        'ExportCertificate',
        'GetCertificate',
        'ImportCertificate',
        'ListTagsForCertificate',
        'RemoveTagsFromCertificate',
        'RenewCertificate',
        'RequestCertificate',
        'ResendValidationEmail',
        'UpdateCertificateOptions',
      ),
    },
  };
}
