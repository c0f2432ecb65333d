import type { NormalizedSchema } from '@smithy/core/schema';

/** Parameters that the service's model does not know or that miss, in AWS's words. */
export class ParameterProblems extends Error {
  override readonly name = 'ParameterProblems';
  readonly problems: readonly string[];

  constructor(problems: readonly string[]) {
    super(problems.join(', '));
    this.problems = problems;
  }
}

/** A model's member as Step Functions spells it: PascalCase whatever the API uses (SDK integrations page). */
export function pascal(name: string): string {
  return `${name.charAt(0).toUpperCase()}${name.slice(1)}`;
}

/**
 * JSON in Step Functions' spelling to the input of an SDK command: texts become dates and bytes where the
 * model says so. Throws ParameterProblems.
 */
export function toSdkInput(schema: NormalizedSchema, value: unknown): Record<string, unknown> {
  const problems: string[] = [];
  const input = toModel(schema, value, problems);
  if (problems.length > 0) throw new ParameterProblems(problems);
  return input as Record<string, unknown>;
}

function toModel(schema: NormalizedSchema, value: unknown, problems: string[]): unknown {
  if (value === null || value === undefined) return undefined;
  if (schema.isTimestampSchema())
    return new Date(typeof value === 'number' ? value : String(value));
  if (schema.isBlobSchema()) return bytes(value);
  if (schema.isListSchema() && Array.isArray(value)) {
    return value.map((item) => toModel(schema.getValueSchema(), item, problems));
  }
  if (typeof value !== 'object' || Array.isArray(value)) return value;
  if (schema.isMapSchema()) {
    return mapValues(value, (item) => toModel(schema.getValueSchema(), item, problems));
  }
  if (!schema.isStructSchema()) return value;
  const members = new Map([...schema.structIterator()].map((entry) => [pascal(entry[0]), entry]));
  return Object.fromEntries(
    Object.entries(value).flatMap(([key, inner]) => {
      const [name, member] = members.get(key) ?? [];
      if (name !== undefined && member) return [[name, toModel(member, inner, problems)]];
      problems.push(`The field "${key}" is not supported by Step Functions`);
      return [];
    }),
  );
}

/** Payloads may be given as JSON outright. */
function bytes(value: unknown): Uint8Array {
  return Buffer.from(typeof value === 'string' ? value : JSON.stringify(value));
}

/** An SDK command's output in Step Functions' spelling; dates are ISO 8601, bytes are text. */
export function fromSdkOutput(schema: NormalizedSchema, value: unknown): unknown {
  if (value === null || value === undefined) return value;
  if (value instanceof Date) return value.toISOString();
  if (value instanceof Uint8Array) return Buffer.from(value).toString();
  if (Array.isArray(value)) {
    const item = schema.isListSchema() ? schema.getValueSchema() : schema;
    return value.map((one) => fromSdkOutput(item, one));
  }
  if (typeof value !== 'object') return value;
  if (schema.isMapSchema()) {
    return mapValues(value, (item) => fromSdkOutput(schema.getValueSchema(), item));
  }
  if (!schema.isStructSchema()) return value;
  const record = value as Readonly<Record<string, unknown>>;
  return Object.fromEntries(
    [...schema.structIterator()].flatMap(([name, member]) =>
      record[name] === undefined || record[name] === null
        ? []
        : [[pascal(name), fromSdkOutput(member, record[name])]],
    ),
  );
}

function mapValues(named: object, map: (value: unknown) => unknown): object {
  return Object.fromEntries(Object.entries(named).map(([name, value]) => [name, map(value)]));
}
