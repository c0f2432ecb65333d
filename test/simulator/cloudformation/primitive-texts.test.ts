import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { withTexts } from '../../../simulator/cloudformation/primitive-texts.ts';
import { cfnBoolean, cfnNumber } from '../../../simulator/cloudformation/property-schemas.ts';
import { Unresolved } from '../../../simulator/cloudformation/unresolved.ts';

const schema = z.strictObject({
  Text: z.string().optional(),
  Size: cfnNumber.optional(),
  Flag: cfnBoolean.optional(),
  Status: z.enum(['503', 'true']).optional(),
  Pairs: z.array(z.strictObject({ Key: z.string(), Value: z.string() })).optional(),
  Either: z.union([z.strictObject({ A: z.string() }), z.strictObject({ B: cfnNumber })]).optional(),
});

describe('numbers and booleans of a template', () => {
  it.each([
    ['become texts where one is wanted', { Text: 8080 }, { Text: '8080' }],
    ['no becomes false', { Text: false }, { Text: 'false' }],
    [
      'within lists',
      {
        Pairs: [
          { Key: 'a', Value: 'x' },
          { Key: 'b', Value: true },
        ],
      },
      {
        Pairs: [
          { Key: 'a', Value: 'x' },
          { Key: 'b', Value: 'true' },
        ],
      },
    ],
    ['one of several texts', { Status: 503 }, { Status: '503' }],
    ['in an alternative', { Either: { A: 1.5 } }, { Either: { A: '1.5' } }],
    ['stay where they are wanted', { Size: 5, Flag: true }, { Size: 5, Flag: true }],
    ['objects stay, to be refused', { Text: { A: 1 } }, { Text: { A: 1 } }],
  ])('%s', (_, given, texts) => {
    expect(withTexts(schema, given)).toEqual(texts);
  });

  it('leave values that are not known yet alone', () => {
    const later = new Unresolved('Fn::GetAtt A.B');
    const { Text, Pairs } = withTexts(schema, { Text: later, Pairs: [{ Key: 1, Value: later }] });
    expect(Text).toBe(later);
    expect(Pairs).toEqual([{ Key: '1', Value: later }]);
  });

  it('True and False are booleans as well', () => {
    expect([cfnBoolean.parse('True'), cfnBoolean.parse('False')]).toEqual([true, false]);
  });
});
