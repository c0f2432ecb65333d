import type { Identity } from '../core/arns.ts';
import {
  anyResource,
  type RequestMembers,
  requestTagKeys,
  type ServiceAuthorization,
  sameNeeds,
  tagging,
  text,
} from '../wire/authorization.ts';

/** Actions on ACM: its page in the Service Authorization Reference. */
export function acmAuthorization({ region, accountId }: Identity): ServiceAuthorization {
  const certificate = (arn: unknown) =>
    text(arn) || `arn:aws:acm:${region}:${accountId}:certificate/*`;
  const onCertificate = (input: RequestMembers) => ({
    resource: certificate(input.CertificateArn),
    keys: requestTagKeys(input.Tags),
  });
  return {
    prefix: 'acm',
    operations: {
      ...anyResource('ListCertificates', 'GetAccountConfiguration', 'PutAccountConfiguration'),
      ...sameNeeds(
        onCertificate,
        'AddTagsToCertificate',
        'DeleteCertificate',
        'DescribeCertificate',
        'ExportCertificate',
        'GetCertificate',
        'ListTagsForCertificate',
        'RemoveTagsFromCertificate',
        'RenewCertificate',
        'ResendValidationEmail',
        'UpdateCertificateOptions',
      ),
      ...sameNeeds(
        (input) => [
          onCertificate(input),
          ...tagging('acm:AddTagsToCertificate', certificate(input.CertificateArn), input.Tags),
        ],
        'ImportCertificate',
        'RequestCertificate',
      ),
    },
  };
}
