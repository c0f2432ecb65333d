import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { createSimulator, type Simulator } from '../../../simulator/simulator.ts';

let simulator: Simulator;
let directory: string;
beforeEach(async () => {
  directory = mkdtempSync(join(tmpdir(), 'greengate-parameters-'));
  simulator = await createSimulator();
});
afterEach(async () => {
  await simulator.stop();
  rmSync(directory, { recursive: true, force: true });
});

/** A stack that copies the parameter /shop/url into /shop/copy. */
async function deployCopy(): Promise<void> {
  const file = join(directory, 'Copy.template.json');
  const Resources = {
    Copy: {
      Type: 'AWS::SSM::Parameter',
      Properties: { Name: '/shop/copy', Type: 'String', Value: { Ref: 'Url' } },
    },
  };
  const Url = { Type: 'AWS::SSM::Parameter::Value<String>', Default: '/shop/url' };
  const Bootstrap = {
    Type: 'AWS::SSM::Parameter::Value<String>',
    Default: '/cdk-bootstrap/hnb659fds/version',
  };
  writeFileSync(file, JSON.stringify({ Parameters: { Url, Bootstrap }, Resources }));
  await simulator.deployTemplate(file);
}

it('a template reads what clients put into Parameter Store, and the version of the bootstrap', async () => {
  const { ssm } = simulator.models;
  ssm.put({ Name: '/shop/url', Value: 'https://shop.example', Type: 'String' });
  await deployCopy();
  expect(ssm.parameterValue('/shop/copy')).toBe('https://shop.example');
});

it('a template that names a parameter which is not there is refused', async () => {
  await expect(deployCopy()).rejects.toThrow(/refers to "\/shop\/url" of Systems Manager/);
});
