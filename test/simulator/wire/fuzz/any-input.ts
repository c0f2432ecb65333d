import type { NormalizedSchema } from '@smithy/core/schema';
import fc from 'fast-check';
import type {
  ServiceConstraints,
  ShapeConstraints,
} from '../../../../simulator/wire/constraints/constraint-file.ts';
import { patternMatches } from '../../../../simulator/wire/constraints/java-pattern.ts';

const account = '123456789012';

/** Texts that a careless or hostile client sends, and some that look right. */
const texts = [
  '',
  'a',
  'shop',
  'default',
  'shop:1',
  '*',
  '..',
  '../../etc/passwd',
  '__proto__',
  'constructor',
  '{}',
  '[]',
  '{"Version":"2012-10-17","Statement":[]}',
  '{"a":',
  'null',
  '0',
  '-1',
  'NaN',
  '10.0.0.0/16',
  '256.0.0.0/99',
  'rate(5 minutes)',
  'cron(0 12 * * ? *)',
  '\u0000',
  '\ud83d\ude00',
  ' ',
  'a'.repeat(300),
  'Resources: {}',
  'https://127.0.0.1:1/x',
  `arn:aws:ecs:us-east-1:${account}:cluster/default`,
  `arn:aws:ecs:us-east-1:${account}:service/default/shop`,
  `arn:aws:iam::${account}:role/shop`,
  `arn:aws:elasticloadbalancing:us-east-1:${account}:targetgroup/shop/0123456789abcdef`,
  `arn:aws:states:us-east-1:${account}:stateMachine:shop`,
  `arn:aws:lambda:us-east-1:${account}:function:shop`,
  'arn:',
  ':::::::',
];

/** Values by a shape's schema; texts often as its constraints want them. */
export function anyInput(
  schema: NormalizedSchema,
  constraints: ServiceConstraints,
  shapeName: string | undefined,
  depth = 3,
): fc.Arbitrary<unknown> {
  const shape: ShapeConstraints = constraints.shapes[shapeName ?? ''] ?? {};
  const inside = (member: NormalizedSchema, name: string | undefined) =>
    anyInput(member, constraints, name, depth - 1);
  if (schema.isDocumentSchema()) return fc.jsonValue();
  if (schema.isStructSchema()) {
    if (depth <= 0) return fc.constant({});
    const required = shape.required ?? [];
    const members = [...schema.structIterator()].map(
      ([name, member]) => [name, inside(member, shape.members?.[name])] as const,
    );
    return fc.record(Object.fromEntries(members), {
      requiredKeys: required.filter((name) => members.some(([known]) => known === name)),
      noNullPrototype: true,
    });
  }
  if (schema.isListSchema()) {
    if (depth <= 0) return fc.constant([]);
    return fc.array(inside(schema.getValueSchema(), shape.item), { maxLength: 2 });
  }
  if (schema.isMapSchema()) {
    if (depth <= 0) return fc.constant({});
    const value = inside(schema.getValueSchema(), shape.value);
    const key = fc.constantFrom(...(shape.enum ?? ['a', 'constructor', 'shop.name']));
    return fc.dictionary(key, value, { maxKeys: 2, noNullPrototype: true });
  }
  if (schema.isTimestampSchema()) return fc.constantFrom(new Date(0), new Date(2_000_000_000_000));
  if (schema.isBooleanSchema()) return fc.boolean();
  if (schema.isNumericSchema()) {
    const [least, most] = shape.range ?? [1, 100];
    const fitting = fc.constantFrom(least ?? 1, Math.min(most ?? 100, 100));
    return fc.oneof({ weight: 9, arbitrary: fitting }, fc.constantFrom(0, -1, 1.5, 2 ** 31));
  }
  if (schema.isBlobSchema())
    return fc.constantFrom(Buffer.from('{}'), Buffer.from('PK\u0003\u0004x'));
  return fc.oneof(
    { weight: 1, arbitrary: fc.constantFrom(...texts) },
    { weight: 9, arbitrary: fittingText(shape) },
  );
}

/** Texts that the constraints allow, so that operations see them. */
function fittingText({ enum: values, length, pattern }: ShapeConstraints): fc.Arbitrary<string> {
  if (values) return fc.constantFrom(...values);
  const [least, most] = length ?? [0, null];
  const fitting = texts.filter(
    (text) =>
      text.length >= (least ?? 0) &&
      text.length <= (most ?? Number.MAX_SAFE_INTEGER) &&
      (pattern === undefined || patternMatches(pattern, text)),
  );
  if (fitting.length > 0) return fc.constantFrom(...fitting);
  const padded = 'a'.repeat(least ?? 1);
  return fc.constantFrom(padded, `${padded.slice(8)}-1111-11`);
}
