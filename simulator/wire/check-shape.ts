import type { NormalizedSchema } from '@smithy/core/schema';
import { AwsError } from '../core/aws-error.ts';

export interface ShapeEncoding {
  /** Whether structure members stand under their `jsonName`. */
  readonly jsonName: boolean;
  /** How blobs and timestamps look before (JSON text) or after (CBOR) decoding. */
  readonly blob: 'base64' | 'bytes';
}

/** Refuses values of the wrong type, which the SDK's deserializers let through, with a SerializationException. */
export function checkShape(
  schema: NormalizedSchema,
  value: unknown,
  encoding: ShapeEncoding,
  at = '',
): void {
  if (value === null || value === undefined || schema.isDocumentSchema()) return;
  if (schema.isStructSchema()) {
    const record = expectObject(value, at, 'structure');
    for (const [name, member] of schema.structIterator()) {
      const key = encoding.jsonName ? (member.getMergedTraits().jsonName ?? name) : name;
      checkShape(member, record[key], encoding, at ? `${at}.${key}` : key);
    }
  } else if (schema.isListSchema()) {
    if (!Array.isArray(value)) throw misfit(value, at, 'list');
    const item = schema.getValueSchema();
    value.forEach((entry, index) => {
      checkShape(item, entry, encoding, `${at}[${index}]`);
    });
  } else if (schema.isMapSchema()) {
    const item = schema.getValueSchema();
    for (const [key, entry] of Object.entries(expectObject(value, at, 'map'))) {
      checkShape(item, entry, encoding, `${at}.${key}`);
    }
  } else checkSimple(schema, value, encoding, at);
}

function checkSimple(
  schema: NormalizedSchema,
  value: unknown,
  encoding: ShapeEncoding,
  at: string,
): void {
  const bytes = encoding.blob === 'bytes';
  if (schema.isTimestampSchema()) {
    const fits = bytes ? value instanceof Date : typeof value === 'number';
    if (!fits) throw misfit(value, at, 'timestamp');
  } else if (schema.isBlobSchema()) {
    const fits = bytes ? value instanceof Uint8Array : isBase64(value);
    if (!fits) throw misfit(value, at, 'blob');
  } else if (schema.isBooleanSchema()) {
    if (typeof value !== 'boolean') throw misfit(value, at, 'boolean');
  } else if (schema.isNumericSchema()) {
    if (!isNumber(value)) throw misfit(value, at, 'number');
  } else if (schema.isStringSchema() && typeof value !== 'string') {
    throw misfit(value, at, 'string');
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

function expectObject(value: unknown, at: string, wanted: string): Record<string, unknown> {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw misfit(value, at, wanted);
  }
  return value as Record<string, unknown>;
}

function misfit(value: unknown, at: string, wanted: string): AwsError {
  const token = Array.isArray(value) ? 'list' : typeof value;
  return new AwsError(
    'SerializationException',
    `${token.toUpperCase()}_VALUE at '${at || 'request'}' can not be converted to a ${wanted}`,
  );
}
