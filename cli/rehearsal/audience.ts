import { CodeDeployClient, GetDeploymentGroupCommand } from '@aws-sdk/client-codedeploy';
import {
  DescribeListenersCommand,
  DescribeLoadBalancersCommand,
  ElasticLoadBalancingV2Client,
} from '@aws-sdk/client-elastic-load-balancing-v2';
import { sample } from '../../infra/names.ts';
import type { SocketAddress } from '../../simulator/core/services.ts';
import type { Simulator } from '../../simulator/simulator.ts';
import { clientOptions } from './client-options.ts';
import { type ClientRequest, type Clients, ClientTraffic } from './client-traffic.ts';
import { ProductionLedger } from './production-ledger.ts';

export interface AudienceOptions {
  readonly simulator: Simulator;
  /** Without them the sample's production listener is the one: ECS itself deploys the service. */
  readonly application?: string;
  readonly deploymentGroup?: string;
  readonly requestsPerSecond: number;
  /** Production requests that each traffic weight serves before its wait is skipped. */
  readonly requestsPerWeight: number;
  /** Pace of the clients while time stands still for them; default `requestsPerSecond`. */
  readonly hurriedRequestsPerSecond?: number;
  /** What clients ask for, in turn; default the sample's two paths. */
  readonly requests?: readonly ClientRequest[];
  /** Authority of an HTTPS listener's certificate, PEM. */
  readonly ca?: string;
  /** Clients of another kind than HTTP/1.1, for the listener's address. */
  readonly clients?: (listener: SocketAddress) => Clients;
}

/** Clients of the production listener, and the count of who answered them. */
export interface Audience {
  readonly ledger: ProductionLedger;
  readonly traffic: Clients;
  readonly listenerRole: (listenerArn: string) => string | undefined;
  /** Tells the ledger which release a digest is. */
  nameRelease(digest: string, tag: string): void;
  /** Which release a digest is, as the ledger counts it. */
  releaseOf(digest: string): string;
}

/** Virtual waits below this are not worth holding up for traffic. */
const guardedJumpMs = 1_000;
/** The image that the stack was created with, see docs/adr/0001. */
const firstRelease = 'v1';
const samplePaths: readonly ClientRequest[] = [{ path: '/' }, { path: '/products' }];

/** Sets clients on the production listener of a deployment group; they send once `traffic` is started. */
export async function seatAudience(options: AudienceOptions): Promise<Audience> {
  const { simulator, requests = samplePaths, requestsPerSecond, ca } = options;
  const listeners = await findListeners(options);
  const ledger = new ProductionLedger();
  const tags = new Map<string, string>();
  const { elbv2 } = simulator.models;
  const digests = digestsByAddress(simulator);
  const releaseOf = (digest: string) => tags.get(digest) ?? firstRelease;
  elbv2.onRequest((request) => {
    if (request.listenerArn !== listeners.production) return;
    if (isProbe(request.userAgent)) return;
    const digest = request.targetId && digests.get(request.targetId);
    ledger.record({
      release: digest && releaseOf(digest),
      status: request.status,
    });
  });
  simulator.world.journal.subscribe((entry) => {
    if (entry.kind !== 'listener.weights') return;
    if (entry.listenerArn === listeners.production) ledger.weightsChanged();
  });
  const address = elbv2.listenerAddress(listeners.production);
  const traffic =
    options.clients?.(address) ??
    new ClientTraffic({
      ...address,
      requests,
      requestsPerSecond,
      ...(ca !== undefined && { ca }),
    });
  const { hurriedRequestsPerSecond = requestsPerSecond } = options;
  simulator.world.clock.addJumpGuard(({ byMs }) => {
    const served = byMs < guardedJumpMs ? undefined : ledger.served(options.requestsPerWeight);
    if (!served || hurriedRequestsPerSecond === requestsPerSecond) return served;
    traffic.setPace(hurriedRequestsPerSecond);
    return served.finally(() => traffic.setPace(requestsPerSecond));
  });
  return {
    ledger,
    traffic,
    listenerRole: (arn) =>
      arn === listeners.production ? 'production' : arn === listeners.test ? 'test' : undefined,
    nameRelease: (digest, tag) => tags.set(digest, tag),
    releaseOf,
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

function isProbe(userAgent: string | undefined): boolean {
  return userAgent?.startsWith('Greengate/') ?? false;
}

async function findListeners({ simulator, application, deploymentGroup }: AudienceOptions) {
  if (application === undefined || deploymentGroup === undefined) {
    return { production: await sampleListener(simulator), test: undefined };
  }
  const codedeploy = new CodeDeployClient(clientOptions(simulator));
  const { deploymentGroupInfo } = await codedeploy.send(
    new GetDeploymentGroupCommand({
      applicationName: application,
      deploymentGroupName: deploymentGroup,
    }),
  );
  const pair = deploymentGroupInfo?.loadBalancerInfo?.targetGroupPairInfoList?.[0];
  const production = pair?.prodTrafficRoute?.listenerArns?.[0];
  if (!production)
    throw new Error(`Deployment group ${deploymentGroup} names no production listener`);
  return { production, test: pair?.testTrafficRoute?.listenerArns?.[0] };
}

async function sampleListener(simulator: Simulator): Promise<string> {
  const elbv2 = new ElasticLoadBalancingV2Client(clientOptions(simulator));
  const { LoadBalancers = [] } = await elbv2.send(
    new DescribeLoadBalancersCommand({ Names: [sample.cluster] }),
  );
  const { Listeners = [] } = await elbv2.send(
    new DescribeListenersCommand({ LoadBalancerArn: LoadBalancers[0]?.LoadBalancerArn }),
  );
  const production = Listeners.find(({ Port }) => Port === sample.productionPort)?.ListenerArn;
  if (production) return production;
  throw new Error(`Load balancer ${sample.cluster} has no listener on ${sample.productionPort}`);
}
