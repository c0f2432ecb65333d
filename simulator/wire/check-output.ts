import type { NormalizedSchema } from '@smithy/core/schema';
import { missingMembers } from './check-members.ts';
import type { ServiceConstraints } from './constraints/constraint-file.ts';
import { findViolations } from './constraints/violations.ts';
import type { ServiceName } from './operation.ts';
import type { RegisteredService } from './service-registry.ts';
import type { OperationSchema } from './service-schemas.ts';

/** An answer that AWS's model of the operation does not allow: a mistake of the simulator. */
export class OutputMismatchError extends Error {
  override readonly name = 'OutputMismatchError';
}

/** Enumerated values that AWS was seen to answer although its model does not list them. */
const beyondModel: Readonly<Record<string, readonly string[]>> = {
  // The API reference's own samples: an attached gateway is "available", endpoints are in small letters.
  // The stack's own events show each of its states (user guide, stack status codes).
  'cloudformation:StackEvents.ResourceStatus': [
    'REVIEW_IN_PROGRESS',
    'UPDATE_COMPLETE_CLEANUP_IN_PROGRESS',
    'UPDATE_ROLLBACK_COMPLETE_CLEANUP_IN_PROGRESS',
  ],
  'ec2:Attachments.State': ['available'],
  'ec2:VpcEndpoint.State': ['available'],
  'ec2:VpcEndpoints.State': ['available'],
};

/**
 * Compares an output with the model: no unknown members, every value of its type, required members there,
 * enumerated values among those that the model lists. Throws OutputMismatchError.
 */
export function checkOutput(
  { description, constraints }: RegisteredService,
  { name, output: schema }: OperationSchema,
  output: object,
): void {
  const { $metadata: _, ...members } = output as Record<string, unknown>;
  const problems: string[] = [];
  if (schema.isUnitSchema()) {
    if (Object.values(members).some((value) => value !== undefined)) {
      problems.push(`there is an output (${Object.keys(members).join(', ')}), the model has none`);
    }
  } else {
    compare(schema, members, '', problems);
    problems.push(...missingMembers(schema, members).map((path) => `${path} is missing`));
    problems.push(...strangeValues(description.name, constraints, name, members));
  }
  if (problems.length === 0) return;
  throw new OutputMismatchError(
    `The answer of ${description.name}:${name} is not as AWS's model says: ${problems.join('; ')}`,
  );
}

function strangeValues(
  service: ServiceName,
  constraints: ServiceConstraints,
  operation: string,
  output: object,
): string[] {
  const { output: shape } = constraints.operations[operation] ?? {};
  return findViolations(constraints, shape, output).flatMap(({ rule, path, value, constraint }) => {
    const ofEnum = rule === 'enum' || (rule === 'items' && constraint.includes('enum value set'));
    const member = path.filter((part) => typeof part === 'string').slice(-2);
    const seen = beyondModel[`${service}:${member.join('.')}`]?.includes(String(value));
    return ofEnum && !seen ? [`${path.join('.')} is ${JSON.stringify(value)}: ${constraint}`] : [];
  });
}

function compare(schema: NormalizedSchema, value: unknown, at: string, problems: string[]): void {
  if (value === undefined || value === null || schema.isDocumentSchema()) return;
  if (schema.isStructSchema()) {
    if (!isRecord(value)) return void problems.push(misfit(at, value, 'a structure'));
    const known = new Map(schema.structIterator());
    for (const [name, member] of Object.entries(value)) {
      const path = at === '' ? name : `${at}.${name}`;
      const memberSchema = known.get(name);
      if (memberSchema) compare(memberSchema, member, path, problems);
      else if (member !== undefined) problems.push(`${path} is no member`);
    }
  } else if (schema.isListSchema()) {
    if (!Array.isArray(value)) return void problems.push(misfit(at, value, 'a list'));
    const item = schema.getValueSchema();
    value.forEach((each, index) => {
      compare(item, each, `${at}[${index}]`, problems);
    });
  } else if (schema.isMapSchema()) {
    if (!isRecord(value)) return void problems.push(misfit(at, value, 'a map'));
    const item = schema.getValueSchema();
    for (const [key, each] of Object.entries(value)) compare(item, each, `${at}.${key}`, problems);
  } else {
    const wanted = simpleType(schema);
    if (wanted && !wanted.fits(value)) problems.push(misfit(at, value, wanted.name));
  }
}

function simpleType(
  schema: NormalizedSchema,
): { name: string; fits(value: unknown): boolean } | undefined {
  if (schema.isTimestampSchema()) {
    return {
      name: 'a timestamp',
      fits: (value) => value instanceof Date && !Number.isNaN(value.getTime()),
    };
  }
  if (schema.isBlobSchema()) {
    return { name: 'bytes', fits: (value) => value instanceof Uint8Array };
  }
  if (schema.isBooleanSchema()) {
    return { name: 'true or false', fits: (value) => typeof value === 'boolean' };
  }
  if (schema.isNumericSchema()) {
    return { name: 'a number', fits: (value) => /^(number|bigint)$/.test(typeof value) };
  }
  if (schema.isStringSchema()) {
    return { name: 'a text', fits: (value) => typeof value === 'string' };
  }
  return undefined;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return (
    typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof Date)
  );
}

function misfit(at: string, value: unknown, wanted: string): string {
  return `${at} is ${JSON.stringify(value) ?? String(value)}, not ${wanted}`;
}
