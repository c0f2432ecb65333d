import { describe, expect, it } from 'vitest';
import { jsonSchemaDraft, namedDraft } from '../../../functions/core/checks/json-schema-draft.ts';

describe('the draft of a JSON Schema', () => {
  it.each<[unknown, '7' | '2020-12' | undefined]>([
    [undefined, '2020-12'],
    ['http://json-schema.org/draft-07/schema#', '7'],
    ['http://json-schema.org/draft-07/schema', '7'],
    ['https://json-schema.org/draft-07/schema#', '7'],
    ['https://json-schema.org/draft/2020-12/schema', '2020-12'],
    ['https://json-schema.org/draft/2020-12/schema#', '2020-12'],
    ['http://json-schema.org/draft/2020-12/schema', '2020-12'],
    ['https://json-schema.org/draft/2019-09/schema', undefined],
    ['http://json-schema.org/draft-04/schema#', undefined],
    ['see http://json-schema.org/draft-07/schema#', undefined],
    ['http://json-schema.org/draft-07/schema#/definitions', undefined],
    ['see https://json-schema.org/draft/2020-12/schema', undefined],
    ['https://json-schema.org/draft/2020-12/schema/extended', undefined],
    [7, undefined],
    [null, undefined],
  ])('that names %j is %s', ($schema, draft) => {
    expect(namedDraft({ $schema })).toBe(draft);
    expect(jsonSchemaDraft({ $schema })).toBe(draft ?? '2020-12');
  });
});
