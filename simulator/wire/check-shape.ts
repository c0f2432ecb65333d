import type { NormalizedSchema } from '@smithy/core/schema';
import { AwsError } from '../core/aws-error.ts';

export interface ShapeEncoding {
  /** Whether structure members stand under their `jsonName`. */
  readonly jsonName: boolean;
  /** How blobs and timestamps look before (JSON text) or after (CBOR) decoding. */
  readonly blob: 'base64' | 'bytes';
}

type Wanted =
  | 'structure'
  | 'list'
  | 'map'
  | 'milliseconds since epoch'
  | 'a Blob'
  | 'a Boolean'
  | 'an Integer'
  | 'a String';

/** Refuses values of the wrong type, which the SDK's deserializers let through, with a SerializationException. */
export function checkShape(
  schema: NormalizedSchema,
  value: unknown,
  encoding: ShapeEncoding,
): void {
  if (value === null || value === undefined || schema.isDocumentSchema()) return;
  if (schema.isStructSchema()) {
    const record = expectObject(value, 'structure');
    for (const [name, member] of schema.structIterator()) {
      const key = encoding.jsonName ? (member.getMergedTraits().jsonName ?? name) : name;
      checkShape(member, record[key], encoding);
    }
  } else if (schema.isListSchema()) {
    if (!Array.isArray(value)) throw misfit(value, 'list');
    const item = schema.getValueSchema();
    for (const entry of value) checkShape(item, entry, encoding);
  } else if (schema.isMapSchema()) {
    const item = schema.getValueSchema();
    for (const entry of Object.values(expectObject(value, 'map'))) {
      checkShape(item, entry, encoding);
    }
  } else checkSimple(schema, value, encoding);
}

function checkSimple(schema: NormalizedSchema, value: unknown, encoding: ShapeEncoding): void {
  const bytes = encoding.blob === 'bytes';
  if (schema.isTimestampSchema()) {
    const fits = bytes ? value instanceof Date : typeof value === 'number';
    if (!fits) throw misfit(value, 'milliseconds since epoch');
  } else if (schema.isBlobSchema()) {
    const fits = bytes ? value instanceof Uint8Array : isBase64(value);
    if (!fits) throw misfit(value, 'a Blob');
  } else if (schema.isBooleanSchema()) {
    if (typeof value !== 'boolean') throw misfit(value, 'a Boolean');
  } else if (schema.isNumericSchema()) {
    if (!isNumber(value)) throw misfit(value, 'an Integer');
  } else if (schema.isStringSchema() && typeof value !== 'string') {
    throw misfit(value, 'a String');
  }
}

function isNumber(value: unknown): boolean {
  return (
    typeof value === 'number' ||
    typeof value === 'bigint' ||
    (typeof value === 'string' && /^(NaN|-?Infinity)$/.test(value))
  );
}

function isBase64(value: unknown): boolean {
  return typeof value === 'string' && value.length % 4 === 0 && /^[\w+/]*={0,2}$/.test(value);
}

function expectObject(value: unknown, wanted: Wanted): Record<string, unknown> {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw misfit(value, wanted);
  }
  return value as Record<string, unknown>;
}

/**
 * The texts of AWS's JSON reader, as CodeDeploy, Step Functions and others answer them: aws/aws-sdk-js-v3 issue
 * 7215, aws/aws-cdk pull 27087, aws-amplify/amplify-js issue 13265. They do not say where.
 */
function misfit(value: unknown, wanted: Wanted): AwsError {
  return new AwsError('SerializationException', misfitText(value, wanted));
}

function misfitText(value: unknown, wanted: Wanted): string {
  if (Array.isArray(value)) return 'Start of list found where not expected';
  if (typeof value === 'object') return 'Start of structure or map found where not expected.';
  if (wanted === 'list') return 'Expected list or null';
  if (wanted === 'map') return 'Expected map or null';
  if (wanted === 'structure') return 'Expected null';
  const token = typeof value === 'boolean' ? String(value) : typeof value;
  return `${token.toUpperCase()}_VALUE can not be converted to ${wanted}`;
}
