import { CborCodec } from '@smithy/core/cbor';
import { NormalizedSchema } from '@smithy/core/schema';
import { AwsError } from '../core/aws-error.ts';
import { checkShape } from './check-shape.ts';
import { faultMembers } from './fault.ts';
import { queryErrorHeader } from './json-protocol.ts';
import type { Protocol } from './protocol.ts';
import type { ServiceDescription } from './service-description.ts';

/** Schema id 15 is a document: any value, untyped. */
const document = NormalizedSchema.of(15);
const codec = new CborCodec();

/** Smithy RPC v2 CBOR, which CloudWatch's model lists first. */
export function cborProtocol(service?: ServiceDescription): Protocol {
  return {
    readInput(request, operation) {
      const input = readCbor(operation.input, request.body);
      const keys = Object.keys(readCbor(document, request.body));
      const known = new Set([...operation.input.structIterator()].map(([name]) => name));
      return { input, unknown: keys.filter((key) => !known.has(key)) };
    },
    writeOutput(operation, output, requestId) {
      const body = operation.output.isUnitSchema()
        ? writeCbor(document, {})
        : writeCbor(operation.output, output);
      return { status: 200, headers: head(requestId), body };
    },
    writeFault(fault, requestId) {
      const members = faultMembers(fault);
      return {
        status: fault.status,
        headers: { ...head(requestId), ...queryErrorHeader(fault, service) },
        body: writeCbor(document, { __type: fault.schema?.id ?? fault.code, ...members }),
      };
    },
  };
}

function head(requestId: string): Record<string, string> {
  return {
    'content-type': 'application/cbor',
    'smithy-protocol': 'rpc-v2-cbor',
    'x-amzn-requestid': requestId,
  };
}

function readCbor(schema: NormalizedSchema, body: Buffer): Record<string, unknown> {
  if (body.length === 0) return {};
  let value: unknown;
  try {
    value = codec.createDeserializer().read(schema, body);
  } catch (error) {
    throw new AwsError(
      'SerializationException',
      `The request body is not CBOR: ${(error as Error).message}`,
    );
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new AwsError('SerializationException', 'The request body must be a CBOR map');
  }
  if (schema !== document) {
    checkShape(schema, value, { jsonName: false, blob: 'bytes' });
  }
  return value as Record<string, unknown>;
}

function writeCbor(schema: NormalizedSchema, value: unknown): Uint8Array {
  const serializer = codec.createSerializer();
  serializer.write(schema, value);
  return Uint8Array.from(serializer.flush() as Uint8Array);
}
