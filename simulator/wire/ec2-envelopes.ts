import type { Fault } from './fault.ts';
import type { WireResponse } from './message.ts';
import type { OperationSchema } from './service-schemas.ts';
import { escapeXml, writeXmlChildren } from './xml-codec.ts';

const declaration = '<?xml version="1.0" encoding="UTF-8"?>\n';

/** ec2Query puts the members right below the response element, beside the request's id. */
export function ec2Output(
  { name, output: schema }: OperationSchema,
  output: object,
  requestId: string,
  namespace: string,
): string {
  const members = schema.isStructSchema() ? writeXmlChildren(schema, output) : '';
  return `<${name}Response xmlns="${namespace}"><requestId>${requestId}</requestId>${members}</${name}Response>`;
}

/** Its errors stand in a list of one. */
export function ec2Fault({ code, message }: Fault, requestId: string): string {
  return `<Response><Errors><Error><Code>${escapeXml(code)}</Code><Message>${escapeXml(message)}</Message></Error></Errors><RequestID>${requestId}</RequestID></Response>`;
}

export function ec2Answer(status: number, requestId: string, body: string): WireResponse {
  return {
    status,
    headers: { 'content-type': 'text/xml;charset=UTF-8', 'x-amzn-requestid': requestId },
    body: declaration + body,
  };
}
