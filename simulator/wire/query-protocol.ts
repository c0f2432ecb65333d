import { ec2Answer, ec2Fault, ec2Output } from './ec2-envelopes.ts';
import { type Fault, faultMembers } from './fault.ts';
import { parseForm } from './form-tree.ts';
import type { Protocol } from './protocol.ts';
import { queryDialect } from './query-dialect.ts';
import { readQuery } from './read-query.ts';
import type { ServiceDescription } from './service-description.ts';
import type { OperationSchema } from './service-schemas.ts';
import { escapeXml, writeXmlChildren } from './xml-codec.ts';

/** Parameters of the protocol itself and of older signatures. */
const framing =
  /^(Action|Version|AWSAccessKeyId|Signature\w*|Timestamp|Expires|SecurityToken|X-Amz-.*)$/;

/** awsQuery: form in, XML out. */
export function queryProtocol(service?: ServiceDescription): Protocol {
  const namespace = service?.xmlNamespace ?? '';
  const dialect = queryDialect(service);
  return {
    readInput(request, operation) {
      const form = parseForm(request.body.toString('utf8') || request.query.toString());
      const names = [...form.children.keys()];
      // Old SQS clients post to the queue's own address and leave its URL out of the form.
      const url = queueUrl(service, request.path, request.headers.host, operation);
      if (url && !form.children.has('QueueUrl')) {
        form.children.set('QueueUrl', { value: url, children: new Map() });
      }
      const known = new Set(
        [...operation.input.structIterator()].map(([name, member]) =>
          dialect.memberName(name, member),
        ),
      );
      return {
        input: operation.input.isUnitSchema()
          ? {}
          : (readQuery(operation.input, form, dialect) as Record<string, unknown>),
        unknown: names.filter((name) => !known.has(name) && !framing.test(name)),
      };
    },
    writeOutput(operation, output, requestId) {
      const { name } = operation;
      if (service?.queryDialect === 'ec2') {
        return ec2Answer(200, requestId, ec2Output(operation, output, requestId, namespace));
      }
      const result = operation.output.isStructSchema()
        ? `<${name}Result>${writeXmlChildren(operation.output, output)}</${name}Result>`
        : '';
      const body = `<${name}Response xmlns="${namespace}">${result}<ResponseMetadata><RequestId>${requestId}</RequestId></ResponseMetadata></${name}Response>`;
      return { status: 200, headers: head(requestId), body };
    },
    writeFault(fault, requestId) {
      if (service?.queryDialect === 'ec2') {
        return ec2Answer(fault.status, requestId, ec2Fault(fault, requestId));
      }
      return {
        status: fault.schema?.query?.[1] ?? fault.status,
        headers: head(requestId),
        body: `<ErrorResponse xmlns="${namespace}"><Error>${writeError(fault)}</Error><RequestId>${requestId}</RequestId></ErrorResponse>`,
      };
    },
  };
}

function writeError(fault: Fault): string {
  const code = fault.schema?.query?.[0] ?? fault.schema?.name ?? fault.code;
  const text = (name: string, value: string) => `<${name}>${escapeXml(value)}</${name}>`;
  const members = Object.keys(fault.members).length
    ? writeMembers(fault)
    : text('Message', fault.message);
  return `${text('Type', fault.sender ? 'Sender' : 'Receiver')}${text('Code', code)}${members}`;
}

function writeMembers(fault: Fault): string {
  const message = `<Message>${escapeXml(fault.message)}</Message>`;
  if (!fault.schema) return message;
  const members = faultMembers(fault);
  for (const name of Object.keys(members)) {
    if (name.toLowerCase() === 'message') delete members[name];
  }
  return message + writeXmlChildren(fault.schema.shape, members);
}

function queueUrl(
  service: ServiceDescription | undefined,
  path: string,
  host: string | undefined,
  operation: OperationSchema,
): string | undefined {
  if (service?.name !== 'sqs' || !/^\/\d{12}\/[\w.-]+\/?$/.test(path)) return undefined;
  const takesQueue = [...operation.input.structIterator()].some(([name]) => name === 'QueueUrl');
  return takesQueue ? `http://${host ?? '127.0.0.1'}${path}` : undefined;
}

function head(requestId: string): Record<string, string> {
  return { 'content-type': 'text/xml', 'x-amzn-requestid': requestId };
}
