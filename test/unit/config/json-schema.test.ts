import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { configJsonSchema } from '../../../functions/core/config/json-schema.ts';

const committed = new URL('../../../docs/reference/greengate.schema.json', import.meta.url);

it('keeps the committed JSON Schema in step with the schema of the code', () => {
  // Mend it with: npx tsx functions/core/config/write-json-schema.ts > docs/reference/greengate.schema.json
  expect(JSON.parse(readFileSync(committed, 'utf8'))).toEqual(configJsonSchema());
});

it('describes the file as it is written: defaults may be left out, unknown members may not', () => {
  expect(configJsonSchema()).toMatchObject({
    required: ['services'],
    additionalProperties: false,
    properties: {
      services: { items: { required: ['name', 'image', 'target'], additionalProperties: false } },
    },
  });
});
