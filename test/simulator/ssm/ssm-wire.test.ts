import {
  AddTagsToResourceCommand,
  DeleteParameterCommand,
  DeleteParametersCommand,
  DescribeParametersCommand,
  GetParameterCommand,
  GetParameterHistoryCommand,
  GetParametersByPathCommand,
  GetParametersCommand,
  ListTagsForResourceCommand,
  ParameterNotFound,
  PutParameterCommand,
  type PutParameterCommandInput,
  SSMClient,
} from '@aws-sdk/client-ssm';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { SsmModel } from '../../../simulator/ssm/model.ts';
import { ssmWire } from '../../../simulator/ssm/wire.ts';
import { type SimulatedAws, simulatedAws } from '../wire/simulated-aws.ts';

let aws: SimulatedAws;
let ssm: SSMClient;
let model: SsmModel;

beforeEach(async () => {
  aws = await simulatedAws((world) => {
    model = new SsmModel(world);
    return [ssmWire(model)];
  });
  ssm = new SSMClient(aws.client);
});
afterEach(() => aws.stop());

const put = (Name: string, Value: string, more: Partial<PutParameterCommandInput> = {}) =>
  ssm.send(new PutParameterCommand({ Name, Value, Type: 'String', ...more }));
const get = async (Name: string, WithDecryption = false) =>
  (await ssm.send(new GetParameterCommand({ Name, WithDecryption }))).Parameter;

describe('PutParameter and GetParameter', () => {
  it('a new parameter is read back with version, ARN and time', async () => {
    const answer = await put('/shop/url', 'https://shop.example');
    expect(answer).toMatchObject({ Version: 1, Tier: 'Standard' });
    expect(await get('/shop/url')).toEqual({
      Name: '/shop/url',
      Type: 'String',
      Value: 'https://shop.example',
      Version: 1,
      LastModifiedDate: expect.any(Date),
      ARN: 'arn:aws:ssm:eu-west-1:111122223333:parameter/shop/url',
      DataType: 'text',
    });
  });

  it('overwriting makes a version, and each version is selected by name or ARN', async () => {
    await put('/shop/url', 'one');
    await put('/shop/url', 'two', { Overwrite: true });
    const arn = 'arn:aws:ssm:eu-west-1:111122223333:parameter/shop/url';
    expect(await get('/shop/url')).toMatchObject({ Value: 'two', Version: 2 });
    expect(await get('/shop/url:1')).toMatchObject({ Value: 'one', Version: 1, Selector: ':1' });
    expect(await get(arn)).toMatchObject({ Value: 'two', Name: '/shop/url' });
    expect(await get(`${arn}:1`)).toMatchObject({ Value: 'one', Selector: ':1' });
    await expect(get('/shop/url:3')).rejects.toMatchObject({ name: 'ParameterVersionNotFound' });
    const history = await ssm.send(new GetParameterHistoryCommand({ Name: '/shop/url' }));
    expect(history.Parameters?.map(({ Value, Version }) => [Version, Value])).toEqual([
      [1, 'one'],
      [2, 'two'],
    ]);
  });

  it('a SecureString shows its value only with decryption', async () => {
    const fromStart = model.templateValues();
    await put('/shop/key', 'hunter2', { Type: 'SecureString' });
    const sealed = await get('/shop/key');
    expect(sealed?.Value).toMatch(/^AQICAH[\w+/=]{80,}$/);
    expect(await get('/shop/key', true)).toMatchObject({ Value: 'hunter2', Type: 'SecureString' });
    expect(model.parameterValue('/shop/key')).toBe('hunter2');
    expect(model.templateValues()).toEqual(fromStart);
  });

  it('a missing parameter is the SDK’s own ParameterNotFound', async () => {
    await expect(get('/shop/none')).rejects.toBeInstanceOf(ParameterNotFound);
  });

  it.each<[string, Partial<PutParameterCommandInput>, string]>([
    ['without a type', { Type: undefined }, 'ValidationException'],
    ['under a reserved path', { Name: '/aws/x' }, 'AccessDeniedException'],
    ['with a reserved prefix', { Name: 'ssmThing' }, 'ValidationException'],
    ['with half a path', { Name: 'shop/url' }, 'ValidationException'],
    ['with sixteen levels', { Name: '/a'.repeat(16) }, 'HierarchyLevelLimitExceededException'],
    ['with too long a value', { Value: 'x'.repeat(4097) }, 'ValidationException'],
    ['that names another one', { Value: 'to {{ssm:/other}}' }, 'ValidationException'],
    ['with an empty value', { Value: '' }, 'ValidationException'],
    [
      'against its pattern',
      { Value: 'abc', AllowedPattern: '\\d+' },
      'ParameterPatternMismatchException',
    ],
    ['with a broken pattern', { AllowedPattern: '(' }, 'InvalidAllowedPatternException'],
    ['with a key but not secure', { KeyId: 'alias/k' }, 'ValidationException'],
  ])('a parameter %s is refused', async (_case, change, code) => {
    await expect(put('/shop/url', 'v', change)).rejects.toMatchObject({ name: code });
    expect(model.all()).toEqual([]);
  });

  it('an existing parameter is refused without Overwrite, and so is a change to SecureString', async () => {
    await put('/shop/url', 'one');
    await expect(put('/shop/url', 'two')).rejects.toMatchObject({ name: 'ParameterAlreadyExists' });
    await expect(
      put('/shop/url', 'two', { Overwrite: true, Type: 'SecureString' }),
    ).rejects.toMatchObject({ name: 'HierarchyTypeMismatchException' });
  });

  it('a policy of a parameter is refused by name, as it is not modelled', async () => {
    await expect(put('/shop/url', 'v', { Policies: '[{}]' })).rejects.toThrow(/Policies/);
  });
});

describe('reading several parameters', () => {
  beforeEach(async () => {
    for (const name of ['/shop/b', '/shop/a', '/shop/db/host', '/other']) await put(name, name);
    await put('/shop/db/password', 'p', { Type: 'SecureString' });
  });

  it('GetParameters answers in alphabetical order and lists what is not there', async () => {
    const Names = ['/shop/b', '/none', '/shop/a:1', '/shop/a:7'];
    const { Parameters, InvalidParameters } = await ssm.send(new GetParametersCommand({ Names }));
    expect(Parameters?.map(({ Name }) => Name)).toEqual(['/shop/a', '/shop/b']);
    expect(InvalidParameters).toEqual(['/none', '/shop/a:7']);
  });

  it('GetParameters refuses more than ten names', async () => {
    const Names = Array.from({ length: 11 }, (_, index) => `/p${index}`);
    await expect(ssm.send(new GetParametersCommand({ Names }))).rejects.toMatchObject({
      name: 'ValidationException',
    });
  });

  it('a path is read one level deep, or wholly and in pages', async () => {
    const flat = await ssm.send(new GetParametersByPathCommand({ Path: '/shop' }));
    expect(flat.Parameters?.map(({ Name }) => Name)).toEqual(['/shop/a', '/shop/b']);
    const names: (string | undefined)[] = [];
    let NextToken: string | undefined;
    do {
      const page = await ssm.send(
        new GetParametersByPathCommand({
          Path: '/shop/',
          Recursive: true,
          MaxResults: 3,
          NextToken,
        }),
      );
      names.push(...(page.Parameters ?? []).map(({ Name }) => Name));
      NextToken = page.NextToken;
    } while (NextToken);
    expect(names).toEqual(['/shop/a', '/shop/b', '/shop/db/host', '/shop/db/password']);
  });

  it('DescribeParameters filters by name and type and shows no values', async () => {
    const { Parameters } = await ssm.send(
      new DescribeParametersCommand({
        ParameterFilters: [
          { Key: 'Name', Option: 'BeginsWith', Values: ['/shop/'] },
          { Key: 'Type', Values: ['SecureString'] },
        ],
      }),
    );
    expect(Parameters).toEqual([
      {
        Name: '/shop/db/password',
        ARN: 'arn:aws:ssm:eu-west-1:111122223333:parameter/shop/db/password',
        Type: 'SecureString',
        KeyId: 'alias/aws/ssm',
        LastModifiedDate: expect.any(Date),
        LastModifiedUser: 'arn:aws:iam::111122223333:user/rehearsal',
        Version: 1,
        Tier: 'Standard',
        Policies: [],
        DataType: 'text',
      },
    ]);
  });

  it('an unknown filter key is refused', async () => {
    const ParameterFilters = [{ Key: 'Colour', Values: ['red'] }];
    await expect(
      ssm.send(new DescribeParametersCommand({ ParameterFilters })),
    ).rejects.toMatchObject({
      name: 'ValidationException',
      message:
        "1 validation error detected: Value 'Colour' at 'parameterFilters.1.member.key' failed to satisfy constraint: Member must satisfy regular expression pattern: tag:.+|Name|Type|KeyId|Path|Label|Tier|DataType",
    });
  });

  it('deleted parameters are gone, and deleting reports what was not there', async () => {
    await ssm.send(new DeleteParameterCommand({ Name: '/other' }));
    await expect(ssm.send(new DeleteParameterCommand({ Name: '/other' }))).rejects.toMatchObject({
      name: 'ParameterNotFound',
    });
    const answer = await ssm.send(new DeleteParametersCommand({ Names: ['/shop/a', '/other'] }));
    expect(answer).toMatchObject({
      DeletedParameters: ['/shop/a'],
      InvalidParameters: ['/other'],
    });
  });

  it('tags are added and listed', async () => {
    const resource = { ResourceType: 'Parameter' as const, ResourceId: '/shop/a' };
    const Tags = [{ Key: 'team', Value: 'shop' }];
    await ssm.send(new AddTagsToResourceCommand({ ...resource, Tags }));
    const { TagList } = await ssm.send(new ListTagsForResourceCommand(resource));
    expect(TagList).toEqual(Tags);
  });
});
