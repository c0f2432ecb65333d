import {
  BucketLifecycleConfiguration$,
  CORSConfiguration$,
  WebsiteConfiguration$,
} from '@aws-sdk/client-s3';
import { NormalizedSchema } from '@smithy/core/schema';
import { describe, expect, it } from 'vitest';
import { readXml } from '../../../simulator/wire/xml-codec.ts';

const read = (schema: Parameters<typeof NormalizedSchema.of>[0], text: string) =>
  readXml(NormalizedSchema.of(schema), Buffer.from(text));

describe('readXml', () => {
  it.each([
    ['no blanks', ''],
    // As s3cmd 2.3.0 does it.
    ['spaces', '  '],
    ['lines', '\r\n\t'],
  ])('reads elements with %s between them', (_, blank) => {
    const body = [
      '<LifecycleConfiguration>',
      '<Rule>',
      '<Filter><Prefix></Prefix>',
      '</Filter><Status>Enabled</Status>',
      '<Expiration>',
      '<Days>7</Days>',
      '</Expiration>',
      '</Rule>',
      '</LifecycleConfiguration>',
    ].join(blank);
    expect(read(BucketLifecycleConfiguration$, body)).toEqual({
      Rules: [{ Filter: { Prefix: '' }, Status: 'Enabled', Expiration: { Days: 7 } }],
    });
  });

  it('reads what comes before a closing tag, and after an empty element', () => {
    const body =
      '<CORSConfiguration> <CORSRule> <ID/> <AllowedMethod>GET</AllowedMethod> </CORSRule> </CORSConfiguration>';
    expect(read(CORSConfiguration$, body)).toEqual({
      CORSRules: [{ ID: '', AllowedMethods: ['GET'] }],
    });
  });

  it('keeps blanks that are the content of an element', () => {
    const suffix = (content: string) =>
      read(
        WebsiteConfiguration$,
        `<WebsiteConfiguration> <IndexDocument> <Suffix>${content}</Suffix> </IndexDocument> </WebsiteConfiguration>`,
      );
    expect(suffix('  ')).toEqual({ IndexDocument: { Suffix: '  ' } });
    expect(suffix(' a/> ')).toEqual({ IndexDocument: { Suffix: ' a/> ' } });
    expect(suffix('<![CDATA[a> <b]]>')).toEqual({ IndexDocument: { Suffix: 'a> <b' } });
  });
});
