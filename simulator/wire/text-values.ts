import type { NormalizedSchema } from '@smithy/core/schema';
import { AwsError } from '../core/aws-error.ts';

const dateTime = 5;
const epochSeconds = 7;

/**
 * Reads a simple value from text, as it stands in forms, headers, paths and query strings.
 * Throws AwsError with `refusal` as code when the text does not fit the schema.
 */
export function readText(
  schema: NormalizedSchema,
  text: string,
  member: string,
  refusal: string,
): unknown {
  if (schema.isTimestampSchema()) return readTimestamp(text, member, refusal);
  if (schema.isBooleanSchema()) {
    const lower = text.toLowerCase();
    if (lower === 'true' || lower === 'false') return lower === 'true';
    throw misfit(refusal, member, text, 'true or false');
  }
  if (schema.isNumericSchema()) {
    const number = Number(text);
    if (text.trim() !== '' && (Number.isFinite(number) || /^(NaN|-?Infinity)$/.test(text))) {
      return number;
    }
    throw misfit(refusal, member, text, 'a number');
  }
  if (schema.isBlobSchema()) return Buffer.from(text, 'base64');
  return text;
}

function readTimestamp(text: string, member: string, refusal: string): Date {
  const ms = /^-?\d+(\.\d+)?$/.test(text) ? Number(text) * 1000 : Date.parse(text);
  if (Number.isNaN(ms)) throw misfit(refusal, member, text, 'a timestamp');
  return new Date(ms);
}

function misfit(code: string, member: string, text: string, wanted: string): AwsError {
  return new AwsError(code, `Value ${JSON.stringify(text)} at '${member}' is not ${wanted}`);
}

/** Writes a simple value as header text; timestamps in the schema's format, HTTP dates by default. */
export function writeText(schema: NormalizedSchema, value: unknown): string {
  if (value instanceof Date) {
    const format = schema.getSchema();
    if (format === dateTime) return value.toISOString();
    if (format === epochSeconds) return String(value.getTime() / 1000);
    return value.toUTCString();
  }
  if (Array.isArray(value))
    return value.map((item) => writeText(schema.getValueSchema(), item)).join(', ');
  if (value instanceof Uint8Array) return Buffer.from(value).toString('base64');
  return String(value);
}
