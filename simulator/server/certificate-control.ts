import type http from 'node:http';
import { z } from 'zod';
import type { AcmModel, StoredCertificate } from '../acm/model.ts';
import { AwsError } from '../core/aws-error.ts';
import { issueAuthority, issueCertificate } from '../core/certificates.ts';

/** A certificate to be made: trusted or not, valid or not. */
const order = z.strictObject({
  domainNames: z.array(z.string().min(1)).min(1),
  notBefore: z.iso.datetime({ offset: true }).optional(),
  notAfter: z.iso.datetime({ offset: true }).optional(),
  /** `unknown` signs it with an authority that nobody trusts. */
  authority: z.enum(['local', 'unknown']).default('local'),
});

export type CertificateOrder = z.input<typeof order>;

/** Makes a certificate as ordered and imports it; throws a readable Error for what cannot be ordered. */
export function makeCertificate(acm: AcmModel, wanted: unknown): StoredCertificate {
  const parsed = order.safeParse(wanted);
  if (!parsed.success) {
    throw new Error(`Not an order for a certificate: ${z.prettifyError(parsed.error)}`);
  }
  const { domainNames, notBefore, notAfter, authority } = parsed.data;
  const signer = authority === 'local' ? acm.authority : issueAuthority({ commonName: 'Unknown' });
  const issued = issueCertificate(signer, {
    dnsNames: domainNames,
    ...(notBefore !== undefined && { notBeforeMs: Date.parse(notBefore) }),
    ...(notAfter !== undefined && { notAfterMs: Date.parse(notAfter) }),
  });
  return acm.import(issued);
}

/** The control API's part for certificates; false for what it has no operation for. */
export function certificateControl(
  acm: AcmModel,
  request: http.IncomingMessage,
  resource: string | undefined,
  response: http.ServerResponse,
): boolean {
  if (request.method === 'GET' && resource === 'ca.pem') {
    response.writeHead(200, { 'content-type': 'application/x-pem-file' });
    response.end(acm.authority.certificatePem);
  } else if (request.method === 'GET' && resource === 'certificates') {
    answer(response, 200, acm.all().map(describe));
  } else if (request.method === 'POST' && resource === 'certificates') {
    void readBody(request).then((body) => takeOrder(acm, body, response));
  } else return false;
  return true;
}

function takeOrder(acm: AcmModel, body: string, response: http.ServerResponse): void {
  try {
    answer(response, 201, describe(makeCertificate(acm, JSON.parse(body))));
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    answer(response, 400, {
      message: error instanceof AwsError ? `${error.code}: ${message}` : message,
    });
  }
}

function describe(certificate: StoredCertificate) {
  const { arn, type, domainNames, notBeforeMs, notAfterMs, certificatePem } = certificate;
  return {
    certificateArn: arn,
    type,
    domainNames,
    notBefore: new Date(notBeforeMs).toISOString(),
    notAfter: new Date(notAfterMs).toISOString(),
    certificatePem,
  };
}

async function readBody(request: http.IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(Buffer.from(chunk));
  return Buffer.concat(chunks).toString('utf8');
}

function answer(response: http.ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { 'content-type': 'application/json' });
  response.end(`${JSON.stringify(body)}\n`);
}
