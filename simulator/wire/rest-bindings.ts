import type { NormalizedSchema } from '@smithy/core/schema';
import type { WireRequest } from './message.ts';
import { RestRoutes } from './rest-routes.ts';
import type { OperationSchema } from './service-schemas.ts';
import { readText, writeText } from './text-values.ts';

/** Members of an input that the path, query string and headers carry. */
export function readBindings(
  request: WireRequest,
  operation: OperationSchema,
  labels: Readonly<Record<string, string>>,
  refusal: string,
): Record<string, unknown> {
  const input: Record<string, unknown> = {};
  for (const [name, member] of operation.input.structIterator()) {
    const { httpLabel, httpQuery, httpHeader, httpPrefixHeaders } = member.getMergedTraits();
    if (httpPrefixHeaders) {
      // Presigned URLs have them in the query (aws/aws-sdk-js-v3 issue 4694).
      const named = [...request.query, ...Object.entries(request.headers)];
      const map = prefixed(named, httpPrefixHeaders.toLowerCase());
      if (Object.keys(map).length > 0) input[name] = map;
      continue;
    }
    const texts = httpLabel
      ? [labels[name]]
      : httpQuery
        ? request.query.getAll(httpQuery)
        : httpHeader
          ? [request.headers[httpHeader.toLowerCase()]]
          : [];
    const given = texts.filter((text) => text !== undefined);
    if (given.length === 0) continue;
    input[name] = readMember(member, given, name, refusal);
  }
  return input;
}

function readMember(
  member: NormalizedSchema,
  texts: readonly string[],
  name: string,
  refusal: string,
): unknown {
  if (!member.isListSchema()) return readText(member, texts[0] ?? '', name, refusal);
  const item = member.getValueSchema();
  const items = member.getMergedTraits().httpHeader
    ? texts.flatMap((text) => text.split(',').map((part) => part.trim()))
    : texts;
  return items.map((text) => readText(item, text, name, refusal));
}

function prefixed(
  named: readonly (readonly [string, string])[],
  prefix: string,
): Record<string, string> {
  return Object.fromEntries(
    named
      .filter(([name]) => name.startsWith(prefix))
      .map(([name, value]) => [name.slice(prefix.length), value]),
  );
}

/**
 * What signed URLs carry, of the present signature and of the one before it (aws-sdk for JavaScript 2 repeats
 * headers there), and the client's own notes for access logs (S3 user guide, server access log format).
 */
const framing = /^(x-.*|AWSAccessKeyId|Signature|Expires|Content-Type|Content-MD5|Cache-Control)$/i;

/** Query parameters that mean nothing to the operation. */
export function unknownParameters(request: WireRequest, operation: OperationSchema): string[] {
  const known = RestRoutes.knownParameters(operation);
  return [...request.query.keys()].filter((name) => !known.has(name) && !framing.test(name));
}

/** True for members that travel in the body. */
export function inBody(member: NormalizedSchema): boolean {
  const traits = member.getMergedTraits();
  return !(
    traits.httpLabel ||
    traits.httpQuery ||
    traits.httpQueryParams ||
    traits.httpHeader ||
    traits.httpPrefixHeaders !== undefined ||
    traits.httpResponseCode
  );
}

export function payloadMember(schema: NormalizedSchema): [string, NormalizedSchema] | undefined {
  return [...schema.structIterator()].find(([, member]) => member.getMergedTraits().httpPayload);
}

/** Status and headers that an output's bound members make. */
export function writeBindings(
  operation: OperationSchema,
  output: Readonly<Record<string, unknown>>,
): { status: number; headers: Record<string, string> } {
  const headers: Record<string, string> = {};
  let status = operation.http?.[2] ?? 200;
  for (const [name, member] of operation.output.structIterator()) {
    const { httpHeader, httpPrefixHeaders, httpResponseCode } = member.getMergedTraits();
    const value = output[name];
    if (value === undefined || value === null) continue;
    if (httpHeader) headers[httpHeader.toLowerCase()] = writeText(member, value);
    if (httpResponseCode && typeof value === 'number') status = value;
    if (httpPrefixHeaders !== undefined) {
      for (const [key, text] of Object.entries(value as Record<string, string>)) {
        headers[`${httpPrefixHeaders.toLowerCase()}${key}`] = text;
      }
    }
  }
  return { status, headers };
}
