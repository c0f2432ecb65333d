import type { DeploymentConfiguration, ServiceDeploymentStatus } from '@aws-sdk/client-ecs';
import type { World } from '../../core/world.ts';
import type { Service } from '../state.ts';
import { circuitBreakerThreshold } from './circuit-breaker.ts';
import type { RevisionSummary, ServiceDeployment, ServiceRevision, Workload } from './state.ts';

const idCharacters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-';
const idLength = 21;

const endings: ReadonlySet<ServiceDeploymentStatus> = new Set([
  'SUCCESSFUL',
  'STOPPED',
  'ROLLBACK_SUCCESSFUL',
  'ROLLBACK_FAILED',
]);

export function isOver({ status }: ServiceDeployment): boolean {
  return endings.has(status);
}

/** Service deployments and revisions of all services; they go with their service (developer guide, "service deployments"). */
export class ServiceDeployments {
  readonly #world: World;
  readonly #byArn = new Map<string, ServiceDeployment>();
  readonly #revisions = new Map<string, ServiceRevision>();

  constructor(world: World) {
    this.#world = world;
  }

  /** A new immutable snapshot of what the service is to run. */
  addRevision(service: Service, workload: Workload): ServiceRevision {
    const revision: ServiceRevision = {
      arn: `${service.arn.replace(':service/', ':service-revision/')}/${this.#world.ids.digits(19)}`,
      service,
      workload,
      createdAtMs: this.#world.clock.now(),
      resolvedImages: new Map(),
    };
    this.#revisions.set(revision.arn, revision);
    return revision;
  }

  /** A PENDING service deployment; alarms that are in ALARM now are not watched. */
  add(target: ServiceRevision, sources: readonly RevisionSummary[]): ServiceDeployment {
    const { service } = target;
    const { clock, random } = this.#world;
    const configuration = structuredClone(service.settings.deploymentConfiguration);
    const watchedAlarms = this.#watchedAlarms(configuration);
    const id = random.text(idLength, idCharacters);
    const added: ServiceDeployment = {
      arn: `${service.arn.replace(':service/', ':service-deployment/')}/${id}`,
      service,
      target,
      createdAtMs: clock.now(),
      configuration,
      circuitBreakerThreshold: circuitBreakerThreshold(service.settings.desiredCount),
      watchedAlarms,
      status: 'PENDING',
      statusReason: undefined,
      sourceSummaries: sources,
      targetCounts: {
        requestedTaskCount: service.settings.desiredCount,
        runningTaskCount: 0,
        pendingTaskCount: 0,
      },
      failureCount: 0,
      circuitBreaker: configuration.deploymentCircuitBreaker?.enable ? 'MONITORING' : 'DISABLED',
      alarms: configuration.alarms?.enable ? 'MONITORING' : 'DISABLED',
      triggeredAlarms: [],
      rollback: undefined,
      startedAtMs: undefined,
      finishedAtMs: undefined,
      stoppedAtMs: undefined,
      updatedAtMs: clock.now(),
    };
    this.#byArn.set(added.arn, added);
    return added;
  }

  /** Moves on to another status, with its time. */
  become(deployment: ServiceDeployment, status: ServiceDeploymentStatus, reason?: string): void {
    const now = this.#world.clock.now();
    deployment.status = status;
    deployment.updatedAtMs = now;
    if (reason !== undefined) deployment.statusReason = reason;
    if (status === 'IN_PROGRESS') deployment.startedAtMs = now;
    if (status === 'STOPPED') deployment.stoppedAtMs = now;
    if (!isOver(deployment)) return;
    deployment.finishedAtMs = now;
    if (deployment.circuitBreaker === 'MONITORING') {
      deployment.circuitBreaker = 'MONITORING_COMPLETE';
    }
    if (deployment.alarms === 'MONITORING') deployment.alarms = 'MONITORING_COMPLETE';
  }

  find(arn: string): ServiceDeployment | undefined {
    return this.#byArn.get(arn);
  }

  findRevision(arn: string): ServiceRevision | undefined {
    return this.#revisions.get(arn);
  }

  /** Newest first. */
  ofService(service: Service): ServiceDeployment[] {
    return [...this.#byArn.values()].filter((known) => known.service === service).reverse();
  }

  forget(service: Service): void {
    for (const [arn, known] of this.#byArn) if (known.service === service) this.#byArn.delete(arn);
    for (const [arn, known] of this.#revisions) {
      if (known.service === service) this.#revisions.delete(arn);
    }
  }

  #watchedAlarms({ alarms }: DeploymentConfiguration): string[] {
    if (!alarms?.enable) return [];
    const names = alarms.alarmNames ?? [];
    const states = this.#world.services.cloudwatch.alarmStates(names);
    return names.filter((name) => states.find((alarm) => alarm.name === name)?.state !== 'ALARM');
  }
}
