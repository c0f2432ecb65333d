import { faultMembers } from './fault.ts';
import { JsonText } from './json-codec.ts';
import type { Protocol } from './protocol.ts';
import {
  inBody,
  payloadMember,
  readBindings,
  unknownParameters,
  writeBindings,
} from './rest-bindings.ts';

const json = new JsonText({ jsonName: true });

/** restJson1, as Lambda speaks it. */
export function restJsonProtocol(labels: Readonly<Record<string, string>>): Protocol {
  return {
    readInput(request, operation) {
      const input = readBindings(request, operation, labels, 'InvalidParameterValueException');
      const unknown = unknownParameters(request, operation);
      const payload = payloadMember(operation.input);
      if (payload) {
        const [name, member] = payload;
        if (!member.isStructSchema()) input[name] = request.body;
        else if (request.body.length > 0) input[name] = json.read(member, request.body).value;
        return { input, unknown };
      }
      const { value, keys } = json.read(operation.input, request.body);
      // What belongs into the path, query or headers is not read from the body, where some clients repeat it.
      const known = new Set(
        [...operation.input.structIterator()].map(
          ([name, member]) => member.getMergedTraits().jsonName ?? name,
        ),
      );
      return {
        input: { ...bodyMembersOnly(operation.input, value), ...input },
        unknown: [...unknown, ...keys.filter((key) => !known.has(key))],
      };
    },
    writeOutput(operation, output, requestId) {
      const record = output as Record<string, unknown>;
      const { status, headers } = writeBindings(operation, record);
      const head = { 'x-amzn-requestid': requestId, ...headers };
      const payload = payloadMember(operation.output);
      if (payload?.[1].isBlobSchema()) {
        const bytes = record[payload[0]];
        return {
          status,
          headers: { 'content-type': 'application/json', ...head },
          body: bytes instanceof Uint8Array ? bytes : '',
        };
      }
      const hasBody = [...operation.output.structIterator()].some(([, member]) => inBody(member));
      if (!hasBody) return { status, headers: head, body: '' };
      const body = payload
        ? json.write(payload[1], record[payload[0]] ?? {})
        : json.write(operation.output, bodyMembersOnly(operation.output, record));
      return { status, headers: { 'content-type': 'application/json', ...head }, body };
    },
    writeFault(fault, requestId) {
      const names = fault.schema
        ? [...fault.schema.shape.structIterator()].map(([name]) => name)
        : [];
      // Lambda's errors carry who is at fault in a member of their own.
      const type = names.includes('Type') ? { Type: fault.sender ? 'User' : 'Service' } : {};
      const members = { ...type, ...faultMembers(fault) };
      return {
        status: fault.status,
        headers: {
          'content-type': 'application/json',
          'x-amzn-requestid': requestId,
          'x-amzn-errortype': fault.schema?.name ?? fault.code,
        },
        body: fault.schema ? json.write(fault.schema.shape, members) : JSON.stringify(members),
      };
    },
  };
}

function bodyMembersOnly(
  schema: Parameters<typeof inBody>[0],
  values: Readonly<Record<string, unknown>>,
): Record<string, unknown> {
  return Object.fromEntries(
    [...schema.structIterator()]
      .filter(([name, member]) => inBody(member) && values[name] !== undefined)
      .map(([name]) => [name, values[name]]),
  );
}
