import { CloudFormationClient, DescribeStacksCommand } from '@aws-sdk/client-cloudformation';
import { CodeDeployClient, GetDeploymentGroupCommand } from '@aws-sdk/client-codedeploy';
import { SFNClient } from '@aws-sdk/client-sfn';
import type { ServiceConfig } from '../../functions/core/config/schema.ts';
import { controllerStackName } from '../../infra/names.ts';
import type { Simulator } from '../../simulator/simulator.ts';
import { ClientTraffic } from './client-traffic.ts';
import { ProductionLedger } from './production-ledger.ts';
import { ReleaseWatcher } from './release-watcher.ts';

export interface StageOptions {
  readonly simulator: Simulator;
  readonly service: ServiceConfig;
  readonly requestsPerSecond: number;
  /** Production requests that each traffic weight serves before its wait is skipped. */
  readonly requestsPerWeight: number;
}

/** The running system with an audience: client traffic, the count of who answered it, and AWS clients. */
export interface Stage {
  readonly simulator: Simulator;
  readonly service: ServiceConfig;
  readonly watcher: ReleaseWatcher;
  readonly ledger: ProductionLedger;
  readonly traffic: ClientTraffic;
  readonly states: SFNClient;
  readonly listenerRole: (listenerArn: string) => string | undefined;
  /** Tells the ledger which release a digest is. */
  nameRelease(digest: string, tag: string): void;
}

/** Virtual waits below this are not worth holding up for traffic. */
const guardedJumpMs = 1_000;

export async function setStage(options: StageOptions): Promise<Stage> {
  const { simulator, service } = options;
  const listeners = await findListeners(simulator, service);
  const ledger = new ProductionLedger();
  const tags = new Map<string, string>();
  const { elbv2 } = simulator.models;
  const digests = digestsByAddress(simulator);
  elbv2.onRequest((request) => {
    if (request.listenerArn !== listeners.production) return;
    if (isProbe(request.userAgent)) return;
    const digest = request.targetId && digests.get(request.targetId);
    ledger.record({
      release: digest && (tags.get(digest) ?? firstRelease),
      status: request.status,
    });
  });
  simulator.world.journal.subscribe((entry) => {
    if (entry.kind !== 'listener.weights') return;
    if (entry.listenerArn === listeners.production) ledger.weightsChanged();
  });
  simulator.world.clock.addJumpGuard(({ byMs }) =>
    byMs < guardedJumpMs ? undefined : ledger.served(options.requestsPerWeight),
  );
  const traffic = new ClientTraffic({
    ...elbv2.listenerAddress(listeners.production),
    paths: ['/', '/products'],
    requestsPerSecond: options.requestsPerSecond,
  });
  return {
    simulator,
    service,
    ledger,
    traffic,
    states: new SFNClient(clientOptions(simulator)),
    watcher: new ReleaseWatcher(simulator.world, await recordsBucket(simulator)),
    listenerRole: (arn) =>
      arn === listeners.production ? 'production' : arn === listeners.test ? 'test' : undefined,
    nameRelease: (digest, tag) => tags.set(digest, tag),
  };
}

/** Image digest of every task by its private address, from the journal, kept up to date. */
function digestsByAddress({ world }: Simulator): Map<string, string> {
  const digests = new Map<string, string>();
  for (const task of world.journal.of('task.started'))
    digests.set(task.privateIp, task.imageDigest);
  world.journal.subscribe((entry) => {
    if (entry.kind === 'task.started') digests.set(entry.privateIp, entry.imageDigest);
  });
  return digests;
}

/** The image that the stack was created with, see docs/adr/0001. */
const firstRelease = 'v1';

function isProbe(userAgent: string | undefined): boolean {
  return userAgent?.startsWith('Greengate/') ?? false;
}

/** SDK options for a person with (made-up) credentials. */
export function clientOptions(simulator: Simulator) {
  return {
    endpoint: simulator.endpoint,
    region: simulator.world.identity.region,
    credentials: { accessKeyId: 'rehearsal', secretAccessKey: 'rehearsal' },
  };
}

async function findListeners(simulator: Simulator, { target }: ServiceConfig) {
  const codedeploy = new CodeDeployClient(clientOptions(simulator));
  const { deploymentGroupInfo } = await codedeploy.send(
    new GetDeploymentGroupCommand({
      applicationName: target.application,
      deploymentGroupName: target.deploymentGroup,
    }),
  );
  const pair = deploymentGroupInfo?.loadBalancerInfo?.targetGroupPairInfoList?.[0];
  const production = pair?.prodTrafficRoute?.listenerArns?.[0];
  if (!production) {
    throw new Error(`Deployment group ${target.deploymentGroup} names no production listener`);
  }
  return { production, test: pair?.testTrafficRoute?.listenerArns?.[0] };
}

async function recordsBucket(simulator: Simulator): Promise<string> {
  const cloudFormation = new CloudFormationClient(clientOptions(simulator));
  const { Stacks = [] } = await cloudFormation.send(
    new DescribeStacksCommand({ StackName: controllerStackName }),
  );
  const outputs = Stacks.flatMap(({ Outputs = [] }) => Outputs);
  const bucket = outputs.find(({ OutputKey }) => OutputKey === 'RecordsBucketName')?.OutputValue;
  if (!bucket) throw new Error(`Stack ${controllerStackName} has no output RecordsBucketName`);
  return bucket;
}
