import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { stringify } from 'yaml';
import { check as checkSchema } from '../../../functions/core/config/check-schemas.ts';
import { parseConfig } from '../../../functions/core/config/parse.ts';
import { serviceText } from './config-text.ts';

const optional = { requiredKeys: ['type', 'path'] as const };
const path = fc.webPath().map((text) => `/${text.replace(/^\/+/, '').replaceAll('$', '')}`);
const plainText = fc.string({ maxLength: 12 }).map((text) => text.replaceAll('$', ''));
const text = fc.oneof(
  plainText,
  fc.record({ equals: plainText, contains: plainText, notContains: plainText }),
);
const json = fc.dictionary(
  fc.constantFrom('$', '$.a', '$.a[0]', "$['b c']"),
  fc.oneof(plainText, fc.boolean(), fc.record({ exists: fc.constant(true), atLeast: fc.nat() })),
);
const pace = {
  concurrency: fc.integer({ min: 1, max: 64 }),
  timeoutMs: fc.integer({ min: 50, max: 60_000 }),
  allowInconclusive: fc.boolean(),
};
const method = fc.constantFrom('GET', 'POST', 'DELETE');
const answer = fc.record({ json, body: text, status: fc.constantFrom(200, '2xx', [201, '4xx']) });

const checks = fc.oneof(
  fc.record(
    { type: fc.constant('http'), path, method, body: plainText, expect: answer, ...pace },
    { requiredKeys: [...optional.requiredKeys] },
  ),
  fc.record({
    type: fc.constant('flow'),
    steps: fc.array(fc.record({ path, method, expect: answer }), { minLength: 1, maxLength: 3 }),
    ...pace,
  }),
  fc.record({
    type: fc.constant('websocket'),
    path,
    send: fc.record({ json: fc.jsonValue().map(withoutReferences) }),
    expect: fc.record({ reply: text, json }),
    ...pace,
  }),
  fc.record({ type: fc.constant('grpc-health'), service: plainText, ...pace }),
);

/** `$` begins references, which have tests of their own. */
function withoutReferences(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value).replaceAll('$', ''));
}

describe('a check', () => {
  it('means the same after it was written as YAML, parsed, compiled to JSON and read again', () => {
    fc.assert(
      fc.property(checks, (written) => {
        const yaml = `${serviceText}    checks:\n      beforeAllowTraffic:\n${stringify([written]).replace(/^(?=.)/gm, '        ')}`;

        const parsed = parseConfig(yaml, 'greengate.yaml');

        expect(parsed).toMatchObject({ ok: true });
        const [check] = parsed.ok
          ? (parsed.config.services[0]?.checks.beforeAllowTraffic ?? [])
          : [];
        expect(check).toEqual(checkSchema.parse(written));
        // What is compiled into the functions is already complete: nothing is added by reading it again.
        expect(checkSchema.parse(JSON.parse(JSON.stringify(check)))).toEqual(check);
      }),
      { numRuns: 150 },
    );
  });
});
