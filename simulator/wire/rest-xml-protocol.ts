import type { NormalizedSchema } from '@smithy/core/schema';
import type { Fault } from './fault.ts';
import type { WireRequest, WireResponse } from './message.ts';
import type { Protocol } from './protocol.ts';
import {
  inBody,
  payloadMember,
  readBindings,
  unknownParameters,
  writeBindings,
} from './rest-bindings.ts';
import type { ServiceDescription } from './service-description.ts';
import type { OperationSchema } from './service-schemas.ts';
import { escapeXml, readXml, writeXml } from './xml-codec.ts';

const declaration = '<?xml version="1.0" encoding="UTF-8"?>\n';

/** restXml, as S3 speaks it. */
export function restXmlProtocol(
  labels: Readonly<Record<string, string>>,
  service?: ServiceDescription,
): Protocol {
  const namespace = service?.xmlNamespace ?? '';
  return {
    readInput(request, operation) {
      const input = readBindings(request, operation, labels, 'InvalidArgument');
      const payload = payloadMember(operation.input);
      if (payload) {
        const [name, member] = payload;
        if (member.isStringSchema()) input[name] = request.body.toString('utf8');
        else if (!member.isStructSchema()) input[name] = request.body;
        else if (request.body.length > 0) input[name] = readXml(member, request.body);
      }
      return { input, unknown: unknownParameters(request, operation) };
    },
    writeOutput(operation, output, requestId) {
      const record = output as Record<string, unknown>;
      const { status, headers } = writeBindings(operation, record);
      // S3 answers a ranged read with 206, which its model does not say.
      const partial = record.ContentRange !== undefined;
      return {
        status: partial ? 206 : status,
        ...writeBody(operation, record, namespace, { ...ids(requestId), ...headers }),
      };
    },
    writeFault: (fault, requestId, request) => writeFault(fault, requestId, request),
  };
}

function writeBody(
  operation: OperationSchema,
  output: Record<string, unknown>,
  namespace: string,
  headers: Record<string, string>,
): Omit<WireResponse, 'status'> {
  const payload = payloadMember(operation.output);
  if (payload && !payload[1].isStructSchema()) {
    const body = output[payload[0]];
    const raw = body instanceof Uint8Array || typeof body === 'string';
    return { headers, body: raw ? body : '' };
  }
  const schema = payload ? payload[1] : operation.output;
  const members = schema.isStructSchema()
    ? [...schema.structIterator()].filter(([, member]) => inBody(member))
    : [];
  if (members.length === 0) return { headers, body: '' };
  const source = payload ? output[payload[0]] : output;
  return {
    headers: { 'content-type': 'application/xml', ...headers },
    body: declaration + writeRoot(operation, schema, members, source, namespace),
  };
}

function writeRoot(
  operation: OperationSchema,
  schema: NormalizedSchema,
  members: readonly [string, NormalizedSchema][],
  source: unknown,
  namespace: string,
): string {
  const record = (source ?? {}) as Record<string, unknown>;
  // The one output that AWS does not wrap: the root element holds the text itself.
  if (operation.name === 'GetBucketLocation') {
    const text = String(record.LocationConstraint ?? '');
    return `<LocationConstraint xmlns="${namespace}">${escapeXml(text)}</LocationConstraint>`;
  }
  const body = Object.fromEntries(members.map(([name]) => [name, record[name]]));
  return writeXml(schema, body, namespace);
}

function writeFault(fault: Fault, requestId: string, request: WireRequest): WireResponse {
  const text = (name: string, value: string) => `<${name}>${escapeXml(value)}</${name}>`;
  const members = Object.entries(fault.members)
    .map(([name, value]) => text(name, String(value)))
    .join('');
  const error =
    text('Code', fault.code) +
    text('Message', fault.message) +
    members +
    text('Resource', request.path) +
    text('RequestId', requestId);
  const body =
    request.method === 'HEAD' || fault.status === 304
      ? ''
      : `${declaration}<Error>${error}</Error>`;
  return {
    status: fault.status,
    headers: {
      ...(body ? { 'content-type': 'application/xml' } : {}),
      ...ids(requestId),
      ...fault.headers,
    },
    body,
  };
}

function ids(requestId: string): Record<string, string> {
  return { 'x-amz-request-id': requestId, 'x-amz-id-2': requestId };
}
