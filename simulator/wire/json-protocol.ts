import { type Fault, faultMembers } from './fault.ts';
import { JsonText } from './json-codec.ts';
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
    writeFault(fault, requestId) {
      const members = fault.schema
        ? (JSON.parse(json.write(fault.schema.shape, faultMembers(fault))) as object)
        : faultMembers(fault);
      const shape = version === '1.0' && fault.schema ? fault.schema.id : fault.code;
      return {
        status: fault.status,
        headers: {
          ...head(type, requestId),
          'x-amzn-errortype': fault.schema?.name ?? fault.code,
          ...queryErrorHeader(fault, service),
        },
        body: JSON.stringify({ __type: shape, ...members }),
      };
    },
  };
}

function head(type: string, requestId: string): Record<string, string> {
  return { 'content-type': type, 'x-amzn-requestid': requestId };
}

/**
 * Services that moved from Query to JSON tell the old error code with each error (SQS developer guide, JSON API
 * responses): clients read it long before they began to ask for it with `x-amzn-query-mode`.
 */
export function queryErrorHeader(
  fault: Fault,
  service: ServiceDescription | undefined,
): Record<string, string> {
  if (!service?.queryVersion) return {};
  const code = fault.schema?.query?.[0] ?? fault.code;
  return { 'x-amzn-query-error': `${code};${fault.sender ? 'Sender' : 'Receiver'}` };
}
