import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CloudFormationClient, DeleteStackCommand } from '@aws-sdk/client-cloudformation';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { createSimulator, type Simulator } from '../../../simulator/simulator.ts';
import { synthesizeUserApp, type Variation } from './cdk-stacks.ts';

// Synthesizing takes seconds, on a crowded machine many.
vi.setConfig({ testTimeout: 180_000, hookTimeout: 60_000 });

let directory: string;
let simulator: Simulator;
beforeEach(async () => {
  directory = mkdtempSync(join(tmpdir(), 'greengate-cdk-'));
  simulator = await createSimulator({ seed: 5 });
});
afterEach(async () => {
  await simulator.stop();
  rmSync(directory, { recursive: true, force: true });
});

const before: Variation = { image: 'nginx:1', deregistrationSeconds: 30 };

async function deploy(name: string, variation: Variation): Promise<void> {
  const outdir = join(directory, name);
  synthesizeUserApp(outdir, variation);
  await simulator.deployAssembly(outdir);
}

const stack = (name: string) => simulator.models.cloudformation.find(name);

/** Statuses and reasons of what happened to the stack from an index of its events on. */
const changes = (name: string, from: number) =>
  (stack(name)?.events ?? [])
    .slice(from)
    .map(({ logicalId, status, reason }) => ({ logicalId, status, reason }));

it('a CDK app is deployed, deployed again with a change, and deleted', async () => {
  await deploy('first', before);
  const pattern = stack('Pattern');
  const mark = pattern?.events.length ?? 0;
  await deploy('second', { ...before, deregistrationSeconds: 60 });
  expect(pattern?.status).toBe('UPDATE_COMPLETE');
  const touched = new Set(changes('Pattern', mark).map(({ logicalId }) => logicalId));
  expect([...touched]).toEqual(['Pattern', expect.stringMatching(/^WebLBPublicListenerECSGroup/)]);
  expect(stack('BlueGreen')?.status).toBe('CREATE_COMPLETE');

  const client = new CloudFormationClient({
    endpoint: simulator.endpoint,
    region: 'us-east-1',
    credentials: { accessKeyId: 'somebody', secretAccessKey: 'secret' },
  });
  for (const name of ['Pattern', 'BlueGreen']) {
    const deleted = stack(name);
    await client.send(new DeleteStackCommand({ StackName: name }));
    await deleted?.running;
    const failed = deleted?.events.filter(({ status }) => status === 'DELETE_FAILED');
    expect([deleted?.status, failed?.map(({ reason }) => reason)]).toEqual(['DELETE_COMPLETE', []]);
  }
  client.destroy();
});

// aws-facts 2.3 and trap 6 (aws/aws-cdk #23564): only CodeDeploy changes such a service's task definition.
it('a new task definition under CODE_DEPLOY is refused, and the update rolled back', async () => {
  const byRevision = { ...before, namesRevision: true };
  await deploy('first', byRevision);
  const service = [...(stack('BlueGreen')?.resources.values() ?? [])].find(
    ({ type }) => type === 'AWS::ECS::Service',
  );
  const taskDefinition = service?.properties.TaskDefinition;
  const mark = stack('BlueGreen')?.events.length ?? 0;
  await expect(deploy('second', { ...byRevision, image: 'nginx:2' })).rejects.toThrow(
    'Unable to update task definition on services with a CODE_DEPLOY deployment controller. Use AWS CodeDeploy to trigger a new deployment.',
  );
  expect(stack('BlueGreen')?.status).toMatch(/^UPDATE_ROLLBACK_/);
  expect(changes('BlueGreen', mark)).toContainEqual({
    logicalId: service?.logicalId,
    status: 'UPDATE_FAILED',
    reason: expect.stringContaining('HandlerErrorCode: InvalidRequest'),
  });
  expect(service?.properties.TaskDefinition).toBe(taskDefinition);
});
