import { describe, expect, it } from 'vitest';
import { distributed, failingOn, mapWorld, s3 } from './map-world.ts';

const echo = { Echo: { Type: 'Pass', End: true } };
const read = (ReaderConfig: object, Key = 'set') => ({
  ItemReader: { Resource: s3('getObject'), ReaderConfig, Parameters: { Bucket: 'data', Key } },
});

describe('ItemReader', () => {
  it.each([
    [{ InputType: 'JSON' }, '[1,{"a":2}]', [1, { a: 2 }]],
    [{ InputType: 'JSON' }, '{"x":1}', [{ Key: 'x', Value: 1 }]],
    [{ InputType: 'JSON', ItemsPointer: '/a~1b/0' }, '{"a/b":[[5,6]]}', [5, 6]],
    [{ InputType: 'JSONL' }, '{"n":1}\n\n{"n":2}\n', [{ n: 1 }, { n: 2 }]],
    [
      { InputType: 'CSV', CSVHeaderLocation: 'FIRST_ROW' },
      'id,name\r\n1,"Doe, ""J"""\r\n2\r\n',
      [
        { id: '1', name: 'Doe, "J"' },
        { id: '2', name: '' },
      ],
    ],
    [
      {
        InputType: 'CSV',
        CSVHeaderLocation: 'GIVEN',
        CSVHeaders: ['a', 'b'],
        CSVDelimiter: 'PIPE',
        MaxItems: 1,
      },
      '1|2|3\n4|5|6',
      [{ a: '1', b: '2' }],
    ],
  ])('reads %j', async (config, body, items) => {
    const { run, role, put, history } = await mapWorld();
    await put('set', body);
    const ended = await run(distributed(echo, read(config)), role);
    expect(ended.output).toEqual(items);
    // How many there are is not known when the state starts.
    const [, , started] = await history(ended.executionArn ?? '');
    expect(started?.mapStateStartedEventDetails).toEqual({ length: 0 });
  });

  it('lists objects, or loads what is in them', async () => {
    const { run, role, put } = await mapWorld();
    await put('in/a.json', '[1,2]');
    await put('in/b.json', '[3]');
    await put('out/c.json', '[4]');
    const reader = {
      Resource: s3('listObjectsV2'),
      Parameters: { 'Bucket.$': '$.bucket', Prefix: 'in/' },
    };
    const input = { bucket: 'data' };
    const listed = await run(distributed(echo, { ItemReader: reader }), role, input);
    expect(listed.output).toMatchObject([
      { Key: 'in/a.json', Size: 5, StorageClass: 'STANDARD', LastModified: expect.any(Number) },
      { Key: 'in/b.json', Size: 3, Etag: expect.stringMatching(/^".*"$/) },
    ]);
    const flat = { Transformation: 'LOAD_AND_FLATTEN', InputType: 'JSON' };
    const loaded = { ItemReader: { ...reader, ReaderConfig: flat } };
    const selector = { ItemSelector: { 'v.$': '$$.Map.Item.Value', 'of.$': '$$.Map.Item.Source' } };
    const states = distributed(echo, { ...loaded, ...selector });
    expect((await run(states, role, input)).output).toEqual([
      { v: 1, of: 'S3://data/in/a.json' },
      { v: 2, of: 'S3://data/in/a.json' },
      { v: 3, of: 'S3://data/in/b.json' },
    ]);
  });

  it.each([
    ['[1', 'not valid JSON'],
    ['7', 'Attempting to map over non-iterable node.'],
    [undefined, 'NoSuchKey'],
  ])('fails with States.ItemReaderFailed for %j, which Catch sees', async (body, cause) => {
    const { run, role, put, history } = await mapWorld();
    if (body !== undefined) await put('set', body);
    const fields = {
      ...read({ InputType: 'JSON' }),
      Catch: [{ ErrorEquals: ['States.ItemReaderFailed'], Next: 'Mend' }],
    };
    const states = { ...distributed(echo, fields), Mend: { Type: 'Pass', End: true } };
    const ended = await run(states, role);
    expect(ended).toMatchObject({
      status: 'SUCCEEDED',
      output: { Error: 'States.ItemReaderFailed', Cause: expect.stringContaining(cause) },
    });
    const types = (await history(ended.executionArn ?? '')).map(({ type }) => type);
    expect(types.slice(3, 7)).toEqual([
      'MapRunStarted',
      'MapRunFailed',
      'MapStateFailed',
      'MapStateExited',
    ]);
  });

  it('reads with the permissions of the machine', async () => {
    const { run, roleWith, put } = await mapWorld();
    await put('set', '[]');
    const role = await roleWith('poor', ['states:StartExecution']);
    const ended = await run(distributed(echo, read({ InputType: 'JSON' })), role);
    expect(ended).toMatchObject({ status: 'FAILED', error: 'States.ItemReaderFailed' });
    expect(ended.cause).toContain('s3:GetObject');
  });
});

describe('ResultWriter', () => {
  const writer = (WriterConfig?: object) => ({
    ResultWriter: {
      Resource: s3('putObject'),
      Parameters: { Bucket: 'data', Prefix: 'jobs' },
      ...(WriterConfig && { WriterConfig }),
    },
  });

  it('writes a manifest and files by outcome', async () => {
    const { run, role, get, mapRunOf } = await mapWorld();
    const fields = { ToleratedFailureCount: 1, ...writer() };
    const ended = await run(distributed(failingOn('$', 'bad'), fields), role, ['a', 'bad']);
    const { mapRunArn = '' } = await mapRunOf(ended.executionArn);
    const folder = `jobs/${mapRunArn.split(':').at(-1)}`;
    expect(ended.output).toEqual({
      MapRunArn: mapRunArn,
      ResultWriterDetails: { Bucket: 'data', Key: `${folder}/manifest.json` },
    });
    const [succeeded, failed] = [
      await get(`${folder}/SUCCEEDED_0.json`),
      await get(`${folder}/FAILED_0.json`),
    ];
    expect(JSON.parse(await get(`${folder}/manifest.json`))).toEqual({
      DestinationBucket: 'data',
      MapRunArn: mapRunArn,
      ResultFiles: {
        FAILED: [{ Key: `${folder}/FAILED_0.json`, Size: failed.length }],
        PENDING: [],
        SUCCEEDED: [{ Key: `${folder}/SUCCEEDED_0.json`, Size: succeeded.length }],
      },
    });
    expect(JSON.parse(succeeded)).toEqual([
      {
        ExecutionArn: expect.stringContaining(':execution:machine-1/Items:'),
        Input: '"a"',
        InputDetails: { Included: true },
        Name: expect.any(String),
        Output: '"a"',
        OutputDetails: { Included: true },
        RedriveCount: 0,
        RedriveStatus: 'NOT_REDRIVABLE',
        RedriveStatusReason: 'Execution is SUCCEEDED and cannot be redriven',
        StartDate: expect.stringMatching(/^\d{4}-.*Z$/),
        StateMachineArn: `${ended.stateMachineArn}/Items`,
        Status: 'SUCCEEDED',
        StopDate: expect.stringMatching(/^\d{4}-.*Z$/),
      },
    ]);
    expect(JSON.parse(failed)).toMatchObject([
      { Error: 'Item.Bad', Cause: 'told to', RedriveStatus: 'REDRIVABLE_BY_MAP_RUN' },
    ]);
  });

  it('writes files of a Map Run that failed, children that never started included', async () => {
    const { run, role, get, mapRunOf } = await mapWorld();
    const fields = { MaxConcurrency: 1, ...writer() };
    const ended = await run(distributed(failingOn('$', 'bad'), fields), role, ['bad', 'a']);
    expect(ended.error).toBe('States.ExceedToleratedFailureThreshold');
    const { mapRunArn = '' } = await mapRunOf(ended.executionArn);
    const folder = `jobs/${mapRunArn.split(':').at(-1)}`;
    expect(JSON.parse(await get(`${folder}/PENDING_0.json`))).toMatchObject([{ Input: '"a"' }]);
    expect(JSON.parse(await get(`${folder}/FAILED_0.json`))).toHaveLength(1);
  });

  it('shapes results without writing them', async () => {
    const { run, role } = await mapWorld();
    const shaped = async (WriterConfig: object) =>
      (await run(distributed(echo, { ResultWriter: { WriterConfig } }), role, [[1, 2], [3]]))
        .output;
    expect(await shaped({ Transformation: 'FLATTEN', OutputType: 'JSON' })).toEqual([1, 2, 3]);
    expect(await shaped({ Transformation: 'COMPACT', OutputType: 'JSONL' })).toBe('[1,2]\n[3]');
    expect(await shaped({ Transformation: 'NONE', OutputType: 'JSON' })).toMatchObject([
      { Output: '[1,2]' },
      { Output: '[3]' },
    ]);
  });

  it('fails with States.ResultWriterFailed where it may not write', async () => {
    const { run, roleWith } = await mapWorld();
    const role = await roleWith('poor', ['states:StartExecution']);
    const ended = await run(distributed(echo, writer({ OutputType: 'JSONL' })), role, [1]);
    expect(ended).toMatchObject({ status: 'FAILED', error: 'States.ResultWriterFailed' });
  });
});
