import { type Fault, faultMembers } from './fault.ts';
import { JsonText } from './json-codec.ts';
import type { WireRequest } from './message.ts';
import type { Protocol } from './protocol.ts';
import type { ServiceDescription } from './service-description.ts';

const json = new JsonText({ jsonName: false });

/** awsJson1.0 and awsJson1.1: the response repeats the request's content type. */
export function jsonProtocol(version: '1.0' | '1.1', service?: ServiceDescription): Protocol {
  const type = `application/x-amz-json-${version}`;
  return {
    readInput(request, operation) {
      const { value, keys } = json.read(operation.input, request.body);
      const known = new Set([...operation.input.structIterator()].map(([name]) => name));
      return { input: value, unknown: keys.filter((key) => !known.has(key)) };
    },
    writeOutput(operation, output, requestId) {
      // A unit output has no members to write, and the serializer does not take it.
      const body = operation.output.isUnitSchema() ? '{}' : json.write(operation.output, output);
      return { status: 200, headers: head(type, requestId), body };
    },
    writeFault(fault, requestId, request) {
      const members = fault.schema
        ? (JSON.parse(json.write(fault.schema.shape, faultMembers(fault))) as object)
        : faultMembers(fault);
      const shape = version === '1.0' && fault.schema ? fault.schema.id : fault.code;
      return {
        status: fault.status,
        headers: {
          ...head(type, requestId),
          'x-amzn-errortype': fault.schema?.name ?? fault.code,
          ...queryErrorHeader(fault, request, service),
        },
        body: JSON.stringify({ __type: shape, ...members }),
      };
    },
  };
}

function head(type: string, requestId: string): Record<string, string> {
  return { 'content-type': type, 'x-amzn-requestid': requestId };
}

/** Services that moved from Query to JSON tell clients the old error code when they ask for it. */
export function queryErrorHeader(
  fault: Fault,
  request: WireRequest,
  service: ServiceDescription | undefined,
): Record<string, string> {
  if (!service?.queryVersion || request.headers['x-amzn-query-mode'] === undefined) return {};
  const code = fault.schema?.query?.[0] ?? fault.code;
  return { 'x-amzn-query-error': `${code};${fault.sender ? 'Sender' : 'Receiver'}` };
}
