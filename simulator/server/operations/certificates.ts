import { receiveReplica, replicatedImage } from '../../ecr/receive-replica.ts';
import { setScanFindings, statedFindings } from '../../ecr/set-scan-findings.ts';
import { certificateOrder, makeCertificate, viewCertificate } from '../certificate-control.ts';
import { controlOperation } from '../control-operation.ts';

export const certificateOperations = [
  controlOperation(
    'GET ca.pem',
    'The authority that signs certificates here, for clients to trust',
    {},
    ({ control }) => ({
      contentType: 'application/x-pem-file',
      text: control.current().models.acm.authority.certificatePem,
    }),
  ),
  controlOperation('GET certificates', 'Certificates, without their keys', {}, ({ control }) =>
    control.current().models.acm.all().map(viewCertificate),
  ),
  controlOperation(
    'POST certificates',
    'Makes a certificate to order: expired, for other names, or signed by nobody known',
    {
      body: certificateOrder,
      example: { domainNames: ['shop.example.com'], notAfter: '2030-01-01T00:00:00Z' },
    },
    ({ control, body }) => makeCertificate(control.current().models.acm, body),
  ),
  controlOperation(
    'POST scan-findings',
    'States what scans of an image find',
    {
      body: statedFindings,
      example: {
        repository: 'team/shop',
        image: 'v2',
        findings: [{ name: 'CVE-2026-0001', severity: 'CRITICAL', packageName: 'openssl' }],
      },
    },
    ({ control, body }) => setScanFindings(control.current().models.ecr, body),
  ),
  controlOperation(
    'POST replicated-images',
    'Lets an image that was pushed here count as replicated from another Region: ECR Replication Action',
    {
      body: replicatedImage,
      example: {
        repository: 'team/shop',
        image: 'sha256:…',
        tag: 'v2',
        sourceRegion: 'eu-central-1',
      },
    },
    ({ control, body }) => {
      const { models, world } = control.current();
      return receiveReplica(models.ecr, world, body);
    },
  ),
];
