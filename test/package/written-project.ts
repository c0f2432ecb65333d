import { appendFileSync, cpSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  AuthorizeSecurityGroupIngressCommand,
  DescribeSecurityGroupsCommand,
  EC2Client,
} from '@aws-sdk/client-ec2';
import { pushWorkload } from '../../cli/rehearsal/push-workload.ts';
import { ReleaseWatcher } from '../../cli/rehearsal/release-watcher.ts';
import { clientOptions } from '../../cli/rehearsal/stage.ts';
import { controllerStackName } from '../../infra/names.ts';
import type { Simulator } from '../../simulator/simulator.ts';

/** Releases images to what an app of `greengate init` made in a simulator. */
export interface WrittenProject {
  /** Pushes what answers until the first release, with one text of its server replaced, and tells the outcome. */
  release(
    tag: string,
    change: readonly [from: string, to: string],
  ): Promise<{ readonly outcome: string; readonly reason: string }>;
}

/** `firstImage` is the folder that `init --new` wrote; copies of it go into `scratch`. */
export function writtenProject(
  simulator: Simulator,
  firstImage: string,
  scratch: string,
): WrittenProject {
  const { outputs = [] } = simulator.models.cloudformation.find(controllerStackName) ?? {};
  const bucket = String(outputs.find(({ key }) => key === 'RecordsBucketName')?.value);
  const watcher = new ReleaseWatcher(simulator.world, bucket);
  return {
    async release(tag, [from, to]) {
      const directory = join(scratch, `image-${tag}`);
      cpSync(firstImage, directory, { recursive: true });
      const server = join(directory, 'server.mjs');
      const text = readFileSync(server, 'utf8');
      if (!text.includes(from)) throw new Error(`${server} has no "${from}"`);
      writeFileSync(server, text.replace(from, to));
      // Who builds the image says which version it is, as the rehearsal's builder always does.
      appendFileSync(join(directory, 'Dockerfile'), 'ARG VERSION\n');
      const fromSeq = simulator.world.journal.entries.length;
      const pushed = await pushWorkload(simulator, 'shop', tag, {}, { directory });
      const { executionArn } = await watcher.execution(fromSeq, pushed.digest);
      const { outcome, reason } = await watcher.attempt(executionArn, fromSeq);
      return { outcome, reason };
    },
  };
}

/** A copy in `scratch` of what an app was synthesized to, without the controller: what others have made before. */
export function withoutController(assembly: string, scratch: string): string {
  const directory = join(scratch, 'environment');
  cpSync(assembly, directory, { recursive: true });
  const file = join(directory, 'manifest.json');
  const manifest = JSON.parse(readFileSync(file, 'utf8')) as { artifacts: Record<string, unknown> };
  const kept = Object.entries(manifest.artifacts).filter(
    ([id]) => id.split('.')[0] !== controllerStackName,
  );
  writeFileSync(file, JSON.stringify({ ...manifest, artifacts: Object.fromEntries(kept) }));
  return directory;
}

const testPort = 8080;

/** Lets hooks of any network reach the test listener: those that adopt a service run outside of its VPC at first. */
export async function openTestListener(simulator: Simulator): Promise<void> {
  const ec2 = new EC2Client(clientOptions(simulator));
  const { SecurityGroups = [] } = await ec2.send(new DescribeSecurityGroupsCommand({}));
  const balancer = SecurityGroups.find(({ IpPermissions = [] }) =>
    IpPermissions.some(
      ({ FromPort, IpRanges = [] }) => FromPort === testPort && IpRanges.length > 0,
    ),
  );
  if (balancer === undefined) throw new Error(`No security group lets in on port ${testPort}`);
  const anybody = { IpProtocol: 'tcp', FromPort: testPort, ToPort: testPort };
  await ec2.send(
    new AuthorizeSecurityGroupIngressCommand({
      GroupId: balancer.GroupId,
      IpPermissions: [{ ...anybody, IpRanges: [{ CidrIp: '0.0.0.0/0' }] }],
    }),
  );
  ec2.destroy();
}
