import { readFileSync } from 'node:fs';
import { type Schema, Validator } from '@cfworker/json-schema';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { configJsonSchema } from '../../../functions/core/config/json-schema.ts';
import { serviceText } from './config-text.ts';

const root = new URL('../../../', import.meta.url);
const committed = new URL('docs/reference/greengate.schema.json', root);

it('keeps the committed JSON Schema in step with the schema of the code', () => {
  // Mend it with: npx tsx functions/core/config/write-json-schema.ts > docs/reference/greengate.schema.json
  expect(JSON.parse(readFileSync(committed, 'utf8'))).toEqual(configJsonSchema());
});

describe('the JSON Schema as an editor uses it', () => {
  const validator = new Validator(configJsonSchema() as Schema, '2020-12');
  const isValid = (yaml: string) => validator.validate(parse(yaml)).valid;
  const withCheck = (check: string) =>
    `${serviceText}    checks: { beforeAllowTraffic: [{ ${check} }] }\n`;

  it('takes the committed greengate.yaml, and what leaves defaults out', () => {
    expect(isValid(readFileSync(new URL('greengate.yaml', root), 'utf8'))).toBe(true);
    expect(isValid(serviceText)).toBe(true);
    expect(isValid(withCheck('type: http, path: /, body: { json: [{ a: [null] }] }'))).toBe(true);
  });

  it.each([
    ['a missing member', serviceText.replace(/ {6}cluster: prod\n/, '')],
    ['an unknown member', serviceText.replace('container: app', 'container: app\n      port: 1')],
    ['an unknown type of check', withCheck('type: htp, path: /')],
    ['an unknown member of a check', withCheck('type: flow, steps: [{ path: /, paths: / }]')],
    ['a bound of a check', withCheck('type: websocket, path: /, requests: 0')],
  ])('refuses %s', (_, yaml) => {
    expect(isValid(yaml)).toBe(false);
  });
});
