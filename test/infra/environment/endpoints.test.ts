import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { configSchema } from '../../../functions/core/config/schema.ts';
import { ControllerStack } from '../../../infra/stacks/controller-stack.ts';
import { placeholderOptions, repositoryConfig } from '../synthesized.ts';
import { actionsOf, Template } from '../template.ts';
import { EnvironmentStack, environmentApp } from './variants.ts';

/** Endpoints by the prefix of the actions that go through them. */
const endpoints: Readonly<Record<string, string>> = {
  cloudwatch: 'monitoring',
  codedeploy: 'codedeploy',
  ecr: 'ecr.api',
  ecs: 'ecs',
  elasticloadbalancing: 'elasticloadbalancing',
  logs: 'logs',
  s3: 's3',
  secretsmanager: 'secretsmanager',
  sns: 'sns',
  ssm: 'ssm',
  states: 'states',
};
/** Done by Lambda outside the VPC: interfaces, traces, what failed; and by the service whose API is called. */
const elsewhere = ['ec2', 'iam', 'kms', 'sqs', 'xray'];

const directory = mkdtempSync(join(tmpdir(), 'greengate-endpoints-'));
let environment: Template;
let controller: Template;

beforeAll(() => {
  const { services, ...config } = repositoryConfig();
  const target = { cluster: 'shop', service: 'shop', container: 'app' };
  const both = configSchema.parse({
    ...config,
    services: [
      ...services,
      ...services.map((one) => ({
        ...{ ...one, name: 'rolling', target: { ...target, strategy: 'ecs-rolling' } },
      })),
    ],
  });
  const app = environmentApp(join(directory, 'assembly'));
  const { network } = new EnvironmentStack(app, 'Environment', { egress: 'endpoints-only' });
  const { bundleDirectory } = placeholderOptions(both, directory);
  new ControllerStack(app, 'Controller', {
    ...{ config: both, bundleDirectory, definition: '{}', hookNetwork: network.hookNetwork },
  });
  const assembly = app.synth();
  const template = (name: string) =>
    new Template(assembly.getStackByName(name).template as Record<string, unknown>);
  [environment, controller] = [template('Environment'), template('Controller')];
});
afterAll(() => rmSync(directory, { recursive: true }));

describe('a network with endpoints only', () => {
  it('has an endpoint for each service that a function inside it may call', () => {
    const inside = controller
      .ofType('AWS::Lambda::Function')
      .filter(({ properties }) => 'VpcConfig' in properties);
    // Five hooks, and what rolls out.
    expect(inside).toHaveLength(6);
    const called = new Set(
      inside
        .map(({ properties }) => controller.roleOf(String(properties.FunctionName)))
        .flatMap(actionsOf)
        .map((action) => action.split(':')[0] ?? '')
        .filter((service) => !elsewhere.includes(service)),
    );
    expect(called.size).toBeGreaterThan(5);
    const there = JSON.stringify(
      environment.ofType('AWS::EC2::VPCEndpoint').map(({ properties }) => properties.ServiceName),
    );
    const missing = [...called].filter(
      (service) => !there.includes(`.${endpoints[service] ?? service}"`),
    );
    expect(missing).toEqual([]);
  });
});
