import { copyFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { announceSkip, clientTimeoutMs, ForeignClient, missingClient } from './foreign-client.ts';

const missing = missingClient('terraform', '-version');
/** A folder with the provider, laid out as a filesystem mirror; without it Terraform's own settings hold. */
const mirror = process.env.GREENGATE_TERRAFORM_MIRROR;

let client: ForeignClient;
beforeEach(async () => {
  client = await ForeignClient.start();
  const file = join(import.meta.dirname, 'terraform/main.tf');
  await copyFile(file, join(client.folder, 'main.tf'));
});
afterEach(() => client.stop());

const terraform = (verb: string, ...args: string[]) =>
  client.run('terraform', [verb, '-no-color', ...args]);
const apply = (...variables: string[]) =>
  terraform('apply', '-auto-approve', ...variables.map((each) => `-var=${each}`));

it(
  'Terraform creates ECS, ALB, CodeDeploy, ECR, EventBridge, Step Functions and IAM, plans clean, changes and destroys',
  async (context) => {
    if (missing) return context.skip(missing);
    const init = await terraform('init', ...(mirror ? [`-plugin-dir=${mirror}`] : []));
    if (init.exitCode !== 0) {
      return context.skip(announceSkip('terraform', 'finds no AWS provider without a network'));
    }
    expect(await apply()).toMatchObject({ exitCode: 0 });
    // 0 says that nothing would change, 2 that something would.
    const clean = await terraform('plan', '-detailed-exitcode');
    expect(clean, clean.stdout).toMatchObject({ exitCode: 0 });
    const change = ['image_tag=v2', 'canary=CodeDeployDefault.ECSAllAtOnce'];
    const changed = await apply(...change);
    expect(changed, changed.stderr).toMatchObject({ exitCode: 0 });
    expect(changed.stdout).toContain('1 added, 2 changed, 1 destroyed');
    const stillClean = await terraform(
      'plan',
      '-detailed-exitcode',
      ...change.map((each) => `-var=${each}`),
    );
    expect(stillClean, stillClean.stdout).toMatchObject({ exitCode: 0 });
    const destroyed = await terraform('destroy', '-auto-approve');
    expect(destroyed, destroyed.stderr).toMatchObject({ exitCode: 0 });
    const { elbv2 } = client.simulator.models;
    expect(elbv2.loadBalancers.all()).toEqual([]);
  },
  clientTimeoutMs,
);
