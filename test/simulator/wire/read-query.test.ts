import { QueryShapeSerializer } from '@aws-sdk/core/protocols';
import type { NormalizedSchema } from '@smithy/core/schema';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseForm } from '../../../simulator/wire/form-tree.ts';
import type { ServiceName } from '../../../simulator/wire/operation.ts';
import { queryDialect } from '../../../simulator/wire/query-dialect.ts';
import { readQuery } from '../../../simulator/wire/read-query.ts';
import { serviceDescriptions } from '../../../simulator/wire/service-description.ts';
import { loadServiceSchemas } from '../../../simulator/wire/service-schemas.ts';

/** Values that fit a schema; lists and maps are never empty, since a form cannot tell empty from absent. */
function anyValue(schema: NormalizedSchema, depth: number): fc.Arbitrary<unknown> {
  if (schema.isStructSchema()) {
    const members = [...schema.structIterator()].filter(
      ([, member]) => depth > 0 || isSimple(member),
    );
    const shape = members.map(([name, member]) => [name, anyValue(member, depth - 1)] as const);
    return fc.record(Object.fromEntries(shape), { requiredKeys: [], noNullPrototype: true });
  }
  if (schema.isListSchema()) {
    return fc.array(content(schema.getValueSchema(), depth), { minLength: 1, maxLength: 12 });
  }
  if (schema.isMapSchema()) {
    const key = fc.string({ minLength: 1, maxLength: 5, unit: 'binary-ascii' });
    const safe = key.filter((name) => name !== '__proto__');
    const value = content(schema.getValueSchema(), depth);
    return fc.dictionary(safe, value, { minKeys: 1, maxKeys: 3, noNullPrototype: true });
  }
  if (schema.isTimestampSchema()) {
    return fc.integer({ min: 0, max: 4_000_000_000 }).map((seconds) => new Date(seconds * 1000));
  }
  if (schema.isBooleanSchema()) return fc.boolean();
  if (schema.isNumericSchema()) return fc.integer();
  if (schema.isBlobSchema()) return fc.uint8Array({ minLength: 1, maxLength: 9 }).map(Buffer.from);
  return fc.string({ unit: 'grapheme', maxLength: 12 });
}

const isSimple = (schema: NormalizedSchema) =>
  !schema.isStructSchema() && !schema.isListSchema() && !schema.isMapSchema();

/** A structure without any member leaves no trace in a form, so that items need at least one. */
const content = (schema: NormalizedSchema, depth: number) =>
  anyValue(schema, depth - 1).filter((value) => !isEmpty(value));

function isEmpty(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return value === '';
  if (value instanceof Date || value instanceof Uint8Array) return false;
  return Object.values(value).every(isEmpty);
}

/** Members that hold nothing are absent on the other side. */
function prune(value: unknown): unknown {
  if (typeof value !== 'object' || value === null || value instanceof Date) return value;
  if (value instanceof Uint8Array) return Buffer.from(value);
  if (Array.isArray(value)) return value.map(prune);
  const kept = Object.entries(value).filter(
    ([, member]) => typeof member !== 'object' || !isEmpty(member),
  );
  return Object.fromEntries(kept.map(([name, member]) => [name, prune(member)]));
}

/** As AwsEc2QueryProtocol of the SDK sets its serializer. */
const ec2Settings = {
  capitalizeKeys: true,
  flattenLists: true,
  serializeEmptyLists: false,
  ec2: true,
};

function serialize(schema: NormalizedSchema, value: unknown, service: ServiceName): string {
  const serializer = new QueryShapeSerializer({
    timestampFormat: { useTrait: true, default: 5 },
    httpBindings: false,
    serializeEmptyLists: true,
    ...(service === 'ec2' && ec2Settings),
  });
  serializer.write(schema, value);
  return String(serializer.flush()).replace(/^&/, '');
}

const operations: [ServiceName, string][] = [
  ['elastic-load-balancing-v2', 'ModifyListener'],
  ['elastic-load-balancing-v2', 'CreateTargetGroup'],
  ['elastic-load-balancing-v2', 'CreateRule'],
  ['cloudwatch', 'PutMetricAlarm'],
  ['cloudwatch', 'PutMetricData'],
  ['cloudformation', 'CreateStack'],
  ['ec2', 'AuthorizeSecurityGroupIngress'],
  ['ec2', 'DescribeSubnets'],
  ['ec2', 'ModifyInstanceAttribute'],
  ['iam', 'SimulatePrincipalPolicy'],
  ['sns', 'Publish'],
  ['sqs', 'SendMessage'],
];

describe.each(operations)('a %s:%s form', (service, name) => {
  it('is read back as what the SDK serialized', () => {
    const schema = loadServiceSchemas(service).operations.get(name)?.input;
    if (!schema) throw new Error(`No schema of ${name}`);
    const description = serviceDescriptions().find((each) => each.name === service);
    fc.assert(
      fc.property(anyValue(schema, 4), (value) => {
        const form = parseForm(serialize(schema, value, service));
        expect(prune(readQuery(schema, form, queryDialect(description)))).toEqual(prune(value));
      }),
      { numRuns: 30 },
    );
  });
});

describe('a form', () => {
  const input = (name: string) => {
    const schema = loadServiceSchemas('elastic-load-balancing-v2').operations.get(name)?.input;
    if (!schema) throw new Error(`No schema of ${name}`);
    return schema;
  };

  it('with an empty list member, as Terraform sends it, is an empty list', () => {
    expect(readQuery(input('ModifyListener'), parseForm('ListenerArn=L&Certificates='))).toEqual({
      ListenerArn: 'L',
      Certificates: [],
    });
  });

  it('keeps list items in numeric order', () => {
    const names = Array.from(
      { length: 12 },
      (_, index) => `Names.member.${12 - index}=n${12 - index}`,
    );
    expect(readQuery(input('DescribeTargetGroups'), parseForm(names.join('&')))).toEqual({
      Names: Array.from({ length: 12 }, (_, index) => `n${index + 1}`),
    });
  });

  it.each([
    ['Port=eighty', 'Value "eighty" at \'Port\' is not a number'],
    ['HealthCheckEnabled=maybe', 'Value "maybe" at \'HealthCheckEnabled\' is not true or false'],
  ])('with %s is refused', (text, message) => {
    expect(() => readQuery(input('CreateTargetGroup'), parseForm(text))).toThrow(message);
  });
});
