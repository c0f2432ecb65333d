import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { createSimulator, type Simulator } from '../../../simulator/simulator.ts';
import { worker } from './custom-worker.ts';

let directory: string;
let simulator: Simulator;
beforeEach(async () => {
  directory = mkdtempSync(join(tmpdir(), 'greengate-inline-'));
  simulator = await createSimulator({ seed: 5 });
});
afterEach(async () => {
  await simulator.stop();
  rmSync(directory, { recursive: true, force: true });
});

async function deploy(Runtime: string, code: string) {
  const file = join(directory, 'shop.json');
  const Worker = {
    ...worker.Worker,
    Properties: { ...worker.Worker.Properties, Runtime, Code: { ZipFile: code } },
  };
  const Thing = {
    Type: 'Custom::Thing',
    Properties: { ServiceToken: { 'Fn::GetAtt': ['Worker', 'Arn'] }, Size: 3 },
  };
  const Outputs = {
    Id: { Value: { Ref: 'Thing' } },
    Doubled: { Value: { 'Fn::GetAtt': ['Thing', 'Doubled'] } },
  };
  writeFileSync(file, JSON.stringify({ Resources: { ...worker, Worker, Thing }, Outputs }));
  await simulator.deployTemplate(file);
  return simulator.models.cloudformation.find('shop');
}

const answer = `response.send(event, context, response.SUCCESS, { Doubled: event.ResourceProperties.Size * 2 }, 'thing-1')`;

// The ways in which the user guide and public templates end: by context.done, and by a promise.
it.each([
  [
    'nodejs22.x',
    `const response = require('cfn-response');
     exports.handler = function (event, context) { ${answer}; };`,
  ],
  [
    'nodejs22.x',
    `const response = require("cfn-response");
     exports.handler = async (event, context) => { await ${answer}; };`,
  ],
  [
    'nodejs24.x',
    `const response = require('cfn-response');
     exports.handler = async (event, context) => { await ${answer}; };`,
  ],
])('inline code of %s answers through cfn-response', async (runtime, code) => {
  const stack = await deploy(runtime, code);
  expect(stack?.outputs.map(({ value }) => value)).toEqual(['thing-1', '6']);
});

it('inline code that answers FAILED fails the creation with its log stream', async () => {
  await expect(
    deploy(
      'nodejs22.x',
      `const response = require('cfn-response');
       exports.handler = (event, context) => { response.send(event, context, response.FAILED); };`,
    ),
  ).rejects.toThrow(
    /Received response status \[FAILED\] from custom resource\. Message returned: See the details in CloudWatch Log Stream: \d{4}\/\d\d\/\d\d\/\[\$LATEST\][0-9a-f]{32} /,
  );
});
