import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CloudFormationClient, DeleteStackCommand } from '@aws-sdk/client-cloudformation';
import { DescribeSecurityGroupsCommand, EC2Client } from '@aws-sdk/client-ec2';
import { DescribeServicesCommand, ECSClient } from '@aws-sdk/client-ecs';
import { afterAll, afterEach, beforeAll, beforeEach, expect, it, vi } from 'vitest';
import { clientOptions } from '../../../cli/rehearsal/client-options.ts';
import { createSimulator, type Simulator } from '../../../simulator/simulator.ts';
import { synthesizeUserApp } from './cdk-stacks.ts';

// Synthesizing takes seconds, on a crowded machine many: it is done once, and what changes is edited.
vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 });

let directory: string;
let app: string;
let simulator: Simulator;
let client: CloudFormationClient;
beforeAll(() => {
  directory = mkdtempSync(join(tmpdir(), 'greengate-cdk-'));
  app = join(directory, 'app');
  synthesizeUserApp(app);
});
afterAll(() => rmSync(directory, { recursive: true, force: true }));
beforeEach(async () => {
  simulator = await createSimulator({ seed: 5 });
  client = new CloudFormationClient(clientOptions(simulator));
});
afterEach(async () => {
  client.destroy();
  await simulator.stop();
});

interface Template {
  Resources: Record<string, { Type: string; Properties: Record<string, unknown> }>;
}
type Edit = (template: Template) => Template;

/** Deploys the app; of one stack the template is edited before. */
async function deploy(name?: string, edit: Edit = (template) => template): Promise<void> {
  const outdir = mkdtempSync(join(directory, 'deploy-'));
  cpSync(app, outdir, { recursive: true });
  if (name !== undefined) {
    const file = join(outdir, `${name}.template.json`);
    const template = JSON.parse(readFileSync(file, 'utf8')) as Template;
    writeFileSync(file, JSON.stringify(edit(template)));
  }
  await simulator.deployAssembly(outdir);
}

/** What serves production, by the ARN of the service. */
async function primaryTaskDefinition(serviceArn = ''): Promise<string | undefined> {
  const [, cluster = '', service = ''] = serviceArn.split('/');
  const ecs = new ECSClient(clientOptions(simulator));
  const { services } = await ecs.send(
    new DescribeServicesCommand({ cluster, services: [service] }),
  );
  return services?.[0]?.taskSets?.find(({ status }) => status === 'PRIMARY')?.taskDefinition;
}

async function remove(name: string): Promise<void> {
  const deleted = stack(name);
  await client.send(new DeleteStackCommand({ StackName: name }));
  await deleted?.running;
  const failed = deleted?.events.filter(({ status }) => status === 'DELETE_FAILED');
  expect([deleted?.status, failed?.map(({ reason }) => reason)]).toEqual(['DELETE_COMPLETE', []]);
}

const stack = (name: string) => simulator.models.cloudformation.find(name);

/** Statuses and reasons of what happened to the stack from an index of its events on. */
const changes = (name: string, from: number) =>
  (stack(name)?.events ?? [])
    .slice(from)
    .map(({ logicalId, status, reason }) => ({ logicalId, status, reason }));

it('a CDK app is deployed, deployed again with a change, and deleted', async () => {
  await deploy();
  const pattern = stack('Pattern');
  const mark = pattern?.events.length ?? 0;
  await deploy('Pattern', (template) =>
    JSON.parse(JSON.stringify(template).replace('"Value":"30"', '"Value":"60"')),
  );
  expect(pattern?.status).toBe('UPDATE_COMPLETE');
  const touched = new Set(changes('Pattern', mark).map(({ logicalId }) => logicalId));
  expect([...touched]).toEqual(['Pattern', expect.stringMatching(/^WebLBPublicListenerECSGroup/)]);
  expect(stack('BlueGreen')?.status).toBe('CREATE_COMPLETE');
  for (const name of ['Pattern', 'BlueGreen']) await remove(name);
});

// aws-facts 2.3 and trap 6 (aws/aws-cdk #23564): only CodeDeploy changes such a service's task definition. The CDK
// names the family only, which never changes; by hand people write a revision.
it('a new task definition under CODE_DEPLOY is refused, and the update rolled back', async () => {
  const withImage = (image: string) => (template: Template) => {
    const text = JSON.stringify(template).replace('"Image":"nginx:1"', `"Image":"${image}"`);
    const edited = JSON.parse(text) as Template;
    const [taskDefinition] = Object.entries(edited.Resources).flatMap(([id, { Type }]) =>
      Type === 'AWS::ECS::TaskDefinition' ? [id] : [],
    );
    for (const { Type, Properties } of Object.values(edited.Resources)) {
      if (Type === 'AWS::ECS::Service') Properties.TaskDefinition = { Ref: taskDefinition };
    }
    return edited;
  };
  await deploy('BlueGreen', withImage('nginx:1'));
  const service = [...(stack('BlueGreen')?.resources.values() ?? [])].find(
    ({ type }) => type === 'AWS::ECS::Service',
  );
  const taskDefinition = service?.properties.TaskDefinition;
  const mark = stack('BlueGreen')?.events.length ?? 0;
  await expect(deploy('BlueGreen', withImage('nginx:2'))).rejects.toThrow(
    'Unable to update task definition on services with a CODE_DEPLOY deployment controller. Use AWS CodeDeploy to trigger a new deployment.',
  );
  expect(stack('BlueGreen')?.status).toMatch(/^UPDATE_ROLLBACK_/);
  expect(changes('BlueGreen', mark)).toContainEqual({
    logicalId: service?.logicalId,
    status: 'UPDATE_FAILED',
    reason: expect.stringContaining('HandlerErrorCode: InvalidRequest'),
  });
  expect(await primaryTaskDefinition(service?.physicalId)).toBe(taskDefinition);
});

it("the CDK's own custom resources do their work, and nested stacks come from its assets", async () => {
  await deploy();
  const { resources, outputs } = stack('Extras') ?? {};
  const vpc = [...(resources?.values() ?? [])].find(({ type }) => type === 'AWS::EC2::VPC');
  const groupId = simulator.world.services.ec2.defaultSecurityGroup(vpc?.physicalId ?? '');
  const ec2 = new EC2Client(clientOptions(simulator));
  const { SecurityGroups } = await ec2.send(
    new DescribeSecurityGroupsCommand({ GroupIds: [groupId ?? ''] }),
  );
  ec2.destroy();
  expect(SecurityGroups?.[0]).toMatchObject({ IpPermissions: [], IpPermissionsEgress: [] });
  expect(outputs?.map(({ value }) => value)).toEqual([
    expect.stringMatching(/\/123456789012\/Extras-Nested.*-Queue/),
  ]);
  await remove('Extras');
});
