import { describe, expect, it } from 'vitest';
import { diagnose } from '../../../simulator/states/definition/parse-definition.ts';
import { distributed, s3 } from './map-world.ts';

const echo = { Echo: { Type: 'Pass', End: true } };

const found = (states: object, fields: object = {}, type?: 'STANDARD' | 'EXPRESS') =>
  diagnose(JSON.stringify({ StartAt: Object.keys(states)[0], States: states, ...fields }), type);

const whole = {
  MaxConcurrencyPath: '$.most',
  ToleratedFailurePercentage: 12.5,
  ItemsPath: '$.items',
  ItemReader: {
    Resource: s3('getObject'),
    ReaderConfig: { InputType: 'CSV', CSVHeaderLocation: 'GIVEN', CSVHeaders: ['a'] },
    Parameters: { 'Bucket.$': '$.bucket', Key: 'k' },
  },
  ItemBatcher: { MaxItemsPerBatchPath: '$.size', BatchInput: { 'a.$': '$.b' } },
  ResultWriter: { WriterConfig: { Transformation: 'FLATTEN', OutputType: 'JSON' } },
};

describe('the definition of a distributed Map', () => {
  it('may use every field that AWS knows', () => {
    expect(found(distributed(echo, whole))).toEqual([]);
    const { Parameters: _, ...reader } = whole.ItemReader;
    const jsonata = {
      MaxConcurrency: '{% $states.input.most %}',
      ItemReader: { ...reader, Arguments: { Bucket: '{% $b %}', Key: 'k' } },
      ItemBatcher: { MaxInputBytesPerBatch: '{% 10 * 10 %}' },
      ResultWriter: { Resource: s3('putObject'), Arguments: '{% $states.input.to %}' },
    };
    expect(found(distributed(echo, jsonata), { QueryLanguage: 'JSONata' })).toEqual([]);
  });

  const reader = (changes: object, config: object = {}) => ({
    ItemReader: {
      ...whole.ItemReader,
      ReaderConfig: { ...whole.ItemReader.ReaderConfig, ...config },
      ...changes,
    },
  });

  it.each([
    [{ Label: 'a b' }, '/Label'],
    [{ ToleratedFailurePercentage: 101 }, '/ToleratedFailurePercentage'],
    [{ ToleratedFailureCount: 1, ToleratedFailureCountPath: '$.a' }, ''],
    [{ ItemBatcher: { BatchInput: {} } }, '/ItemBatcher'],
    [{ ItemBatcher: { MaxInputBytesPerBatch: 262_145 } }, '/ItemBatcher/MaxInputBytesPerBatch'],
    [reader({ Resource: s3('headObject') }), '/ItemReader/Resource'],
    [reader({ Arguments: {} }), '/ItemReader/Arguments'],
    [reader({ Parameters: { 'Key.$': 'k' } }), '/ItemReader/Parameters/Key.$'],
    [reader({}, { InputType: 'XML' }), '/ItemReader/ReaderConfig/InputType'],
    [reader({}, { CSVHeaders: [] }), '/ItemReader/ReaderConfig/CSVHeaders'],
    [reader({}, { CSVHeaderLocation: 'LAST' }), '/ItemReader/ReaderConfig/CSVHeaderLocation'],
    [reader({}, { CSVDelimiter: ',' }), '/ItemReader/ReaderConfig/CSVDelimiter'],
    [{ ResultWriter: {} }, '/ResultWriter'],
    [{ ResultWriter: { Resource: s3('getObject') } }, '/ResultWriter/Resource'],
    [
      { ResultWriter: { WriterConfig: { OutputType: 'CSV' } } },
      '/ResultWriter/WriterConfig/OutputType',
    ],
  ])('refuses %j', (fields, at) => {
    expect(found(distributed(echo, fields))).toMatchObject([
      { code: 'SCHEMA_VALIDATION_FAILED', location: `/States/Work${at}` },
    ]);
  });

  it('refuses a label that is too long', () => {
    expect(found(distributed(echo, { Label: 'x'.repeat(41) }))).toMatchObject([
      { code: 'INVALID_LABEL_NAME', message: expect.stringContaining('exceeds the 40-character') },
    ]);
  });

  it.each(['MANIFEST', 'PARQUET'])('refuses the input type %s by name', (InputType) => {
    const [first] = found(distributed(echo, reader({}, { InputType })));
    expect(first).toMatchObject({
      code: 'NOT_MODELLED',
      message: expect.stringContaining(InputType),
    });
  });

  it('refuses other modes, Express machines, and its fields in inline Maps', () => {
    const { Work } = distributed(echo, { ToleratedFailureCount: 1 });
    const inline = (Mode: unknown) => ({
      Work: { ...Work, ItemProcessor: { ...Work.ItemProcessor, ProcessorConfig: { Mode } } },
    });
    const config = '/States/Work/ItemProcessor/ProcessorConfig';
    expect(found(inline('SIDEWAYS'))).toMatchObject([{ location: `${config}/Mode` }]);
    expect(found(inline('DISTRIBUTED'))[0]).toMatchObject({
      message: 'These fields are required: [ExecutionType]',
      location: config,
    });
    expect(found(inline('INLINE')).map(({ location }) => location)).toEqual([
      '/States/Work/ToleratedFailureCount',
      '/States/Work/Label',
    ]);
    expect(found(distributed(echo), {}, 'EXPRESS')).toMatchObject([{ location: `${config}/Mode` }]);
  });
});

describe('ValidateStateMachineDefinition answers as recorded', () => {
  it.each([
    ['', 'Definition must be a valid JSON object', undefined],
    ['{}', 'These fields are required: [States, StartAt]', '/'],
    ['{"States":{}}', 'These fields are required: [StartAt]', '/'],
  ])('to %j', (text, message, location) => {
    expect(diagnose(text)).toEqual([
      {
        severity: 'ERROR',
        code: 'SCHEMA_VALIDATION_FAILED',
        message,
        ...(location !== undefined && { location }),
      },
    ]);
  });
});
