import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { Stack } from '../../../simulator/cloudformation/model.ts';
import { createSimulator, type Simulator } from '../../../simulator/simulator.ts';
import { worker, workerSource } from './custom-worker.ts';

const StackName = 'shop';

let directory: string;
let simulator: Simulator;
beforeEach(async () => {
  directory = mkdtempSync(join(tmpdir(), 'greengate-custom-'));
  simulator = await createSimulator({ seed: 5 });
  const code = join(directory, 'code');
  mkdirSync(code);
  writeFileSync(join(code, 'index.mjs'), workerSource);
  simulator.world.assets.publish('assets', 'worker.zip', code);
});
afterEach(async () => {
  await simulator.stop();
  rmSync(directory, { recursive: true, force: true });
});

type Answers = Partial<Record<'Create' | 'Update' | 'Delete', object>>;

const thing = (Answers: Answers, more: object = {}) => ({
  Type: 'Custom::Thing',
  Properties: {
    ServiceToken: { 'Fn::GetAtt': ['Worker', 'Arn'] },
    Answers: JSON.stringify(Answers),
    ...more,
  },
});

async function deploy(resources: object, Outputs: object = {}): Promise<Stack> {
  const file = join(directory, `${StackName}.json`);
  writeFileSync(file, JSON.stringify({ Resources: { ...worker, ...resources }, Outputs }));
  await simulator.deployTemplate(file);
  return stack();
}

function stack(): Stack {
  const found = simulator.models.cloudformation.find(StackName);
  if (!found) throw new Error('no stack');
  return found;
}

/** The events that the function was given, oldest first. */
function asked(): Record<string, unknown>[] {
  const group = simulator.models.logs.group('/aws/lambda/worker');
  return [...group.streams.values()]
    .flatMap(({ events }) => events)
    .toSorted((a, b) => a.timestampMs - b.timestampMs)
    .flatMap(({ message }) => /EVENT (\{.*\})/.exec(message)?.[1] ?? [])
    .map((text) => JSON.parse(text) as Record<string, unknown>);
}

const kinds = () => asked().map((event) => [event.RequestType, event.PhysicalResourceId]);

it('a function is asked to create, and what it answers can be referred to', async () => {
  const answers: Answers = { Create: { PhysicalResourceId: 'thing-1', Data: { Colour: 'red' } } };
  const { stackId, outputs } = await deploy(
    { Thing: thing(answers, { Count: 3, Nested: { On: true } }) },
    {
      Id: { Value: { Ref: 'Thing' } },
      Colour: { Value: { 'Fn::GetAtt': ['Thing', 'Colour'] } },
    },
  );
  expect(outputs.map(({ value }) => value)).toEqual(['thing-1', 'red']);
  const ServiceToken = 'arn:aws:lambda:us-east-1:123456789012:function:worker';
  const host = 'cloudformation-custom-resource-response-useast1.s3.amazonaws.com';
  expect(asked()).toEqual([
    {
      RequestType: 'Create',
      ServiceToken,
      ResponseURL: expect.stringMatching(`^https://${host}/arn%3Aaws.*%7CThing%7C`),
      StackId: stackId,
      RequestId: expect.stringMatching(/^[0-9a-f-]{36}$/),
      LogicalResourceId: 'Thing',
      ResourceType: 'Custom::Thing',
      ResourceProperties: {
        ServiceToken,
        Answers: JSON.stringify(answers),
        Count: '3',
        Nested: { On: 'true' },
      },
    },
  ]);
});

it('another id in the answer to an update is a replacement: the old one is deleted', async () => {
  const Delete = {};
  await deploy({
    Thing: thing({ Create: { PhysicalResourceId: 'thing-1' }, Delete }, { Size: '1' }),
  });
  const again = { Update: { PhysicalResourceId: 'thing-1' }, Delete };
  await deploy({ Thing: thing(again, { Size: '2' }) });
  expect(kinds()).toEqual([
    ['Create', undefined],
    ['Update', 'thing-1'],
  ]);
  expect(asked()[1]).toMatchObject({
    ResourceProperties: { Size: '2' },
    OldResourceProperties: { Size: '1' },
  });
  await deploy({ Thing: thing({ Update: { PhysicalResourceId: 'thing-2' }, Delete }) });
  expect(kinds().slice(2)).toEqual([
    ['Update', 'thing-1'],
    ['Delete', 'thing-1'],
  ]);
  expect(stack().resources.get('Thing')?.physicalId).toBe('thing-2');
  await deploy({});
  expect(kinds().at(-1)).toEqual(['Delete', 'thing-2']);
});

it.each([
  [
    'FAILED, with its reason',
    { Status: 'FAILED', Reason: 'no space left' },
    /^Received response status \[FAILED\] from custom resource\. Message returned: no space left \(RequestId: [0-9a-f-]{36}\)$/,
  ],
  ['no id', { Data: { Colour: 'red' } }, /^Invalid PhysicalResourceId$/],
  [
    'more than 4096 bytes',
    { PhysicalResourceId: 'thing-1', Data: { Text: 'x'.repeat(4_096) } },
    /^Response object is too long\.$/,
  ],
])('an answer with %s fails the creation', async (_what, Create, reason) => {
  await expect(deploy({ Thing: thing({ Create }) })).rejects.toThrow('Thing (Custom::Thing)');
  const { status, statusReason } = stack().resources.get('Thing') ?? {};
  expect([status, statusReason]).toEqual(['CREATE_FAILED', expect.stringMatching(reason)]);
});

// "Create custom provisioning logic with custom resources": the default time-out is one hour.
it('a function that never answers is given up after an hour of virtual time', async () => {
  const startMs = simulator.world.clock.now();
  await expect(deploy({ Thing: thing({}) })).rejects.toThrow('did not receive a response');
  const minutes = Math.floor((simulator.world.clock.now() - startMs) / 60_000);
  expect(minutes).toBe(60);
  expect(stack().resources.get('Thing')?.statusReason).toContain(
    `Please check your logs for requestId [${asked()[0]?.RequestId}].`,
  );
});

it('its own time-out is heeded, in seconds', async () => {
  const startMs = simulator.world.clock.now();
  const late = thing({}, { ServiceTimeout: 120 });
  await expect(deploy({ Thing: late })).rejects.toThrow('did not receive a response');
  expect(Math.floor((simulator.world.clock.now() - startMs) / 60_000)).toBe(2);
});

it('an attribute that the answer does not have is named', async () => {
  await expect(
    deploy(
      { Thing: thing({ Create: { PhysicalResourceId: 'thing-1' } }) },
      { Colour: { Value: { 'Fn::GetAtt': ['Thing', 'Colour'] } } },
    ),
  ).rejects.toThrow("CustomResource attribute error: Vendor response doesn't contain Colour");
});
