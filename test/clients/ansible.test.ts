import { cp } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { announceSkip, clientTimeoutMs, ForeignClient, missingClient } from './foreign-client.ts';
import { pushVersions } from './push-versions.ts';

const missing =
  missingClient('ansible-playbook', '--version') ?? missingClient('python3', '-c', 'import boto3');

let client: ForeignClient;
beforeEach(async () => {
  client = await ForeignClient.start();
  await cp(join(import.meta.dirname, 'ansible'), client.folder, { recursive: true });
});
afterEach(() => client.stop());

/** How many tasks of a playbook changed something; throws when one fails. */
async function changed(playbook: string, ...more: readonly string[]): Promise<number> {
  // The Python that runs Ansible itself need not be the one that has boto3.
  const python = await client.output('python3', ['-c', 'import sys; print(sys.executable)']);
  const interpreter = `ansible_python_interpreter=${python}`;
  const told = await client.output('ansible-playbook', [playbook, '-e', interpreter, ...more]);
  return Number(/ changed=(\d+) /.exec(told)?.[1]);
}

it(
  'Ansible makes a network, a balancer and services under both controllers, finds them as they are, scales and removes them',
  async (context) => {
    if (missing) return context.skip(missing);
    const { exitCode } = await client.run('ansible-doc', ['-t', 'module', 'community.aws.ecs_tag']);
    if (exitCode !== 0) return context.skip(announceSkip('ansible', 'has no community.aws'));
    await pushVersions(client.simulator, ['v1']);
    expect(await changed('site.yaml')).toBe(13);
    expect(await changed('site.yaml')).toBe(0);
    // The one task of both services.
    expect(await changed('site.yaml', '-e', 'desired_count=2')).toBe(1);
    expect(await changed('gone.yaml')).toBe(11);
    expect(await changed('gone.yaml')).toBe(0);
  },
  clientTimeoutMs,
);
