import { describe, expect, it } from 'vitest';
import type { ResourceContext } from '../../../simulator/cloudformation/resource-provider.ts';
import type { LogsService } from '../../../simulator/core/services.ts';
import { statesResources } from '../../../simulator/states/resources.ts';
import { roleArn, workflowWorld } from './workflow-world.ts';

const text =
  '{"QueryLanguage":"JSONata","StartAt":"A","States":{"A":{"Type":"Wait","Seconds":${Pause},"End":true}}}';

const logGroupArn = 'arn:aws:logs:eu-west-1:111122223333:log-group:flow:*';

function provider() {
  const { model, world } = workflowWorld();
  const logs: LogsService = { hasGroup: (name) => name === 'flow', append: () => {} };
  world.provide('logs', logs);
  const found = statesResources(model, world)['AWS::StepFunctions::StateMachine'];
  if (!found) throw new Error('No provider for AWS::StepFunctions::StateMachine');
  const context: ResourceContext = {
    world,
    stackName: 'Stack',
    logicalId: 'Deploy',
    generatedName: () => 'Stack-Deploy-ABC',
  };
  const create = async (properties: object, within = context) =>
    found.create(found.properties.parse(properties) as never, within);
  return { create, model, world, context, schema: found.properties };
}

describe('AWS::StepFunctions::StateMachine', () => {
  it('creates a machine with substitutions, logging and tags', async () => {
    const { create, model } = provider();
    const created = await create({
      StateMachineName: 'greengate-deploy',
      StateMachineType: 'STANDARD',
      RoleArn: roleArn,
      DefinitionString: text,
      DefinitionSubstitutions: { Pause: 7 },
      LoggingConfiguration: {
        Level: 'ALL',
        IncludeExecutionData: 'true',
        Destinations: [{ CloudWatchLogsLogGroup: { LogGroupArn: logGroupArn } }],
      },
      TracingConfiguration: { Enabled: true },
      Tags: [{ Key: 'team', Value: 'shop' }],
    });
    const arn = 'arn:aws:states:eu-west-1:111122223333:stateMachine:greengate-deploy';
    expect(created).toEqual({
      physicalId: arn,
      attributes: { Arn: arn, Name: 'greengate-deploy', StateMachineRevisionId: 'INITIAL' },
    });
    expect(model.machines.get(arn)).toMatchObject({
      definition: text.replace('${Pause}', '7'),
      logging: { level: 'ALL', includeExecutionData: true },
      tracing: { enabled: true },
      tags: [{ key: 'team', value: 'shop' }],
    });
  });

  it('without a name takes a generated one', async () => {
    const { create } = provider();
    const created = await create({
      RoleArn: roleArn,
      DefinitionString: text.replace('${Pause}', '1'),
    });
    expect(created.attributes?.Name).toBe('Stack-Deploy-ABC');
  });

  it.each([
    ['flow.asl.json', '{"StartAt":"A","States":{"A":{"Type":"Pass","End":true}}}'],
    ['flow.asl.yaml', 'StartAt: A\nStates:\n  A:\n    Type: Pass\n    End: true\n'],
  ])('reads %s from S3 as who works on the stack', async (Key, content) => {
    const { create, model, world, context } = provider();
    world.provide('s3', { getObject: () => new TextEncoder().encode(content) } as never);
    const asked: unknown[] = [];
    const authorize = (...call: unknown[]) => void asked.push(call);
    const properties = { RoleArn: roleArn, DefinitionS3Location: { Bucket: 'b', Key } };
    const { physicalId } = await create(properties, { ...context, authorize });
    expect(JSON.parse(model.machines.get(physicalId).definition)).toEqual({
      StartAt: 'A',
      States: { A: { Type: 'Pass', End: true } },
    });
    expect(asked).toEqual([['s3', 'GetObject', { Bucket: 'b', Key }]]);
  });

  it.each([
    [
      { DefinitionS3Location: { Bucket: 'b', Key: 'k' }, DefinitionString: text },
      'exactly one of DefinitionString',
    ],
    [{ DefinitionS3Location: { Bucket: 'b', Key: 'k', Version: 'v' } }, 'Version'],
    [{ StateMachineType: 'SYNC_EXPRESS', DefinitionString: text }, 'StateMachineType'],
    [{ EncryptionConfiguration: {}, DefinitionString: text }, 'EncryptionConfiguration'],
    [{}, 'exactly one of DefinitionString'],
  ])('refuses %j naming %s', (properties, named) => {
    const result = provider().schema.safeParse({ RoleArn: roleArn, ...properties });
    expect(JSON.stringify(result.error?.issues)).toContain(named);
  });
});
