import { DeploymentConflictError } from '../../../functions/core/errors.ts';
import type {
  Deployment,
  DeploymentGroup,
  Deployments,
  DeploymentTarget,
} from '../../../functions/core/ports/deployments.ts';

export interface HookReported {
  readonly deploymentId: string;
  readonly hookExecutionId: string;
  readonly status: 'Succeeded' | 'Failed';
}

const terminal = ['Succeeded', 'Failed', 'Stopped'];

/** One CodeDeploy group: one active deployment at a time, hook executions answered once (aws-facts 3.3, 3.6). */
export class FakeDeployments implements Deployments {
  readonly deployments = new Map<string, Deployment>();
  readonly targets = new Map<string, DeploymentTarget>();
  readonly reports: HookReported[] = [];
  readonly stopped: string[] = [];
  readonly retentionsEnded: string[] = [];
  readonly created: Parameters<Deployments['create']>[0][] = [];
  /** Hook executions that were answered by somebody else. */
  readonly completedHooks = new Set<string>();
  groupSettings: DeploymentGroup = deploymentGroup();
  /** Runs before each `get`, e.g. to let a deployment move on. */
  beforeGet: (deploymentId: string) => void = () => undefined;
  reportFailure: Error | undefined;
  /** Thrown after the deployment was made: the answer got lost. */
  lostAnswer: Error | undefined;
  #next = 1;

  add(changes: Partial<Deployment> = {}): Deployment {
    const added = deployment(changes);
    this.deployments.set(added.deploymentId, added);
    return added;
  }

  change(deploymentId: string, changes: Partial<Deployment>): void {
    const current = this.deployments.get(deploymentId);
    this.deployments.set(deploymentId, { ...deployment({ deploymentId }), ...current, ...changes });
  }

  async get(deploymentId: string): Promise<Deployment | undefined> {
    this.beforeGet(deploymentId);
    return this.deployments.get(deploymentId);
  }

  async group(): Promise<DeploymentGroup> {
    return this.groupSettings;
  }

  async target(deploymentId: string): Promise<DeploymentTarget | undefined> {
    return this.targets.get(deploymentId);
  }

  async list(application: string, group: string, sinceMs: number): Promise<Deployment[]> {
    return [...this.deployments.values()]
      .filter((one) => one.application === application && one.deploymentGroup === group)
      .filter((one) => one.createdAtMs >= sinceMs || !terminal.includes(one.status))
      .sort((left, right) => right.createdAtMs - left.createdAtMs);
  }

  async create(request: Parameters<Deployments['create']>[0]): Promise<string> {
    const active = [...this.deployments.values()].find((one) => !terminal.includes(one.status));
    if (active !== undefined) {
      throw new DeploymentConflictError(`deployment ${active.deploymentId} is active`);
    }
    this.created.push(request);
    const deploymentId = `d-CREATED0${this.#next++}`;
    const { application, deploymentGroup: group, description } = request;
    this.add({
      deploymentId,
      application,
      deploymentGroup: group,
      description,
      status: 'Created',
      completedAtMs: undefined,
    });
    if (this.lostAnswer !== undefined) throw this.lostAnswer;
    return deploymentId;
  }

  async stop(deploymentId: string): Promise<'stopping' | 'already-completed'> {
    const status = this.deployments.get(deploymentId)?.status;
    if (status !== undefined && terminal.includes(status)) return 'already-completed';
    this.stopped.push(deploymentId);
    return 'stopping';
  }

  async endRetention(deploymentId: string): Promise<'ended' | 'not-waiting'> {
    this.retentionsEnded.push(deploymentId);
    return 'ended';
  }

  async reportHook(
    deploymentId: string,
    hookExecutionId: string,
    status: 'Succeeded' | 'Failed',
  ): Promise<'accepted' | 'already-completed'> {
    if (this.reportFailure !== undefined) throw this.reportFailure;
    if (this.completedHooks.has(hookExecutionId)) return 'already-completed';
    this.completedHooks.add(hookExecutionId);
    this.reports.push({ deploymentId, hookExecutionId, status });
    return 'accepted';
  }
}

/** A deployment in flight that somebody made in the console. */
export function deployment(changes: Partial<Deployment> = {}): Deployment {
  return {
    deploymentId: 'd-AAAAAAAA1',
    application: 'shop',
    deploymentGroup: 'shop',
    status: 'InProgress',
    creator: 'user',
    description: undefined,
    createdAtMs: Date.parse('2026-09-01T10:00:10Z'),
    completedAtMs: undefined,
    error: undefined,
    rollbackDeploymentId: undefined,
    rollbackTriggeringDeploymentId: undefined,
    rollbackEvents: [
      'DEPLOYMENT_FAILURE',
      'DEPLOYMENT_STOP_ON_ALARM',
      'DEPLOYMENT_STOP_ON_REQUEST',
    ],
    ...changes,
  };
}

export function deploymentGroup(changes: Partial<DeploymentGroup> = {}): DeploymentGroup {
  return {
    targetGroupNames: ['shop-blue', 'shop-green'],
    productionListenerArn: 'arn:listener/production',
    testListenerArn: 'arn:listener/test',
    alarmNames: [],
    ...changes,
  };
}

/** Lifecycle events by name, e.g. `{ BeforeInstall: 'Succeeded', Install: 'InProgress' }`. */
export function deploymentTarget(
  statuses: Readonly<Record<string, string>>,
  taskSets: DeploymentTarget['taskSets'] = [],
): DeploymentTarget {
  return {
    lifecycleEvents: Object.entries(statuses).map(([name, status]) => ({
      name,
      status,
      startedAtMs: undefined,
      endedAtMs: undefined,
    })),
    taskSets,
  };
}
