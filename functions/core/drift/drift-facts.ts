import type { ServiceConfig } from '../config/schema.ts';
import { parseDeploymentDescription } from '../deployment/identity.ts';
import { isRollback } from '../deployment/status.ts';
import type { Deployment, Deployments } from '../ports/deployments.ts';
import type { ListenerRules } from '../ports/listener-rules.ts';
import { memoised } from '../preflight/memoised.ts';
import { type ReleasePorts, releaseFacts } from '../preflight/release/release-facts.ts';
import { SkipCheck } from '../preflight/skip-check.ts';
import {
  type TrafficCheckFacts,
  type TrafficPorts,
  trafficFacts,
} from '../preflight/traffic/traffic-facts.ts';
import { describeRules } from './describe-rules.ts';
import type { AsLeft, DriftRecord } from './drift-record.ts';

export interface DriftPorts
  extends Pick<ReleasePorts, 'services'>,
    Pick<TrafficPorts, 'deploymentGroups' | 'balancers' | 'alarmSettings' | 'clock'> {
  readonly deployments: Pick<Deployments, 'get' | 'list' | 'target'>;
  readonly rules: ListenerRules;
}

/** Facts of preflight that drift is judged by, each fetched at most once, and what the last release left. */
export interface DriftFacts extends TrafficCheckFacts {
  /** As the service is now, were it taken for what a release left. */
  asItIs(): Promise<AsLeft>;
  /** What the last release left; a service that was never looked at is as it should be. */
  asLeft(): Promise<AsLeft>;
  /** Deployment that made the PRIMARY task set; undefined where none did, or CodeDeploy has forgotten it. */
  servingDeployment(): Promise<Deployment | undefined>;
}

export function driftFacts(
  service: ServiceConfig,
  ports: DriftPorts,
  earlier: Pick<DriftRecord, 'asLeft'> | undefined,
): DriftFacts {
  const subject = { service, repository: service.image.repository, tag: undefined, digest: '' };
  // Facts are read when a check asks: a port that none of the checks here needs is never touched.
  const release = releaseFacts(subject, ports as unknown as ReleasePorts);
  const traffic = trafficFacts(subject, ports as unknown as TrafficPorts, release);
  const servingDeployment = memoised(async () => {
    const { externalId } = await release.primaryTaskSet();
    return externalId === undefined ? undefined : ports.deployments.get(externalId);
  });
  const asItIs = memoised(async (): Promise<AsLeft> => {
    const [primary, group, pair, listeners] = await Promise.all([
      release.primaryTaskSet(),
      traffic.existingGroup(),
      traffic.targetGroups(),
      traffic.listeners(),
    ]);
    const rules = await Promise.all(listeners.map(({ arn }) => ports.rules.rules(arn)));
    return {
      ...(primary.externalId === undefined ? {} : { deploymentId: primary.externalId }),
      taskSetId: primary.id,
      taskDefinitionArn: primary.taskDefinitionArn,
      rules: describeRules(rules.flat(), pair),
      alarms: group.alarmNames,
    };
  });
  return {
    ...release,
    ...traffic,
    servingDeployment,
    asItIs,
    asLeft: memoised(async () => {
      if (earlier === undefined) return asItIs();
      const { id } = await release.primaryTaskSet();
      if (id === earlier.asLeft.taskSetId) return earlier.asLeft;
      const served = await servingDeployment();
      return served !== undefined && isOurs(served) ? asItIs() : earlier.asLeft;
    }),
  };
}

/** Whether Greengate started the deployment, or CodeDeploy to roll one back. */
export function isOurs(deployment: Deployment): boolean {
  return parseDeploymentDescription(deployment.description) !== undefined || isRollback(deployment);
}

/** Deployments in flight; none for a service that CodeDeploy does not deploy. */
export async function deploymentsInFlight(
  facts: Pick<DriftFacts, 'activeDeployments'>,
): Promise<readonly Deployment[]> {
  try {
    return await facts.activeDeployments();
  } catch (error) {
    if (error instanceof SkipCheck) return [];
    throw error;
  }
}
