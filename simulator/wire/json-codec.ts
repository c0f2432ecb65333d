import { JsonCodec } from '@smithy/core/protocols';
import type { NormalizedSchema } from '@smithy/core/schema';
import type { DocumentType } from '@smithy/types';
import { AwsError } from '../core/aws-error.ts';
import { checkShape } from './check-shape.ts';

const epochSeconds = 7;

/** JSON to values and back by schema; `jsonName` is on for REST services only. */
export class JsonText {
  readonly #codec: JsonCodec;
  readonly #jsonName: boolean;

  constructor(options: { readonly jsonName: boolean }) {
    this.#jsonName = options.jsonName;
    this.#codec = new JsonCodec({
      timestampFormat: { useTrait: true, default: epochSeconds },
      jsonName: options.jsonName,
    });
  }

  /** Decodes a JSON object; also tells its top-level keys, known to the schema or not. */
  read(schema: NormalizedSchema, body: Buffer): { value: Record<string, unknown>; keys: string[] } {
    const parsed = parseObject(body);
    const keys = Object.keys(parsed);
    if (schema.isUnitSchema()) return { value: {}, keys };
    checkShape(schema, parsed, { jsonName: this.#jsonName, blob: 'base64' });
    const value: unknown = this.#codec
      .createDeserializer()
      .readObject(schema, parsed as DocumentType);
    return { value: value as Record<string, unknown>, keys };
  }

  write(schema: NormalizedSchema, value: unknown): string {
    const serializer = this.#codec.createSerializer();
    serializer.write(schema, value);
    return String(serializer.flush());
  }
}

function parseObject(body: Buffer): Record<string, unknown> {
  if (body.length === 0) return {};
  let parsed: unknown;
  try {
    parsed = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(body));
  } catch (error) {
    throw new AwsError(
      'SerializationException',
      `The request body is not JSON: ${(error as Error).message}`,
    );
  }
  if (typeof parsed !== 'object' || parsed === null || Array.isArray(parsed)) {
    throw new AwsError('SerializationException', 'The request body must be a JSON object');
  }
  return parsed as Record<string, unknown>;
}
