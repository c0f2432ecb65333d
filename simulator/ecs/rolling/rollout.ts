import type { World } from '../../core/world.ts';
import { AlarmWatch } from './alarm-watch.ts';
import type { Announcements } from './announcements.ts';
import { alarmFailure, circuitBreakerFailure, type Failure } from './failure.ts';
import type { RollingService } from './rolling-service.ts';
import { isOver, type ServiceDeployments } from './service-deployments.ts';
import type { Deployment, RevisionSummary, ServiceDeployment, ServiceRevision } from './state.ts';

/** The service deployments of one service, one after the other: their beginning, end and rollback (aws-facts 2.6, 2.9). */
export class Rollout {
  readonly #world: World;
  readonly #rolling: RollingService;
  readonly #history: ServiceDeployments;
  readonly #announce: Announcements;
  #completed: Deployment | undefined;
  #watch: AlarmWatch | undefined;
  #cancelDelay: (() => void) | undefined;

  constructor(
    world: World,
    rolling: RollingService,
    history: ServiceDeployments,
    announce: Announcements,
  ) {
    this.#world = world;
    this.#rolling = rolling;
    this.#history = history;
    this.#announce = announce;
  }

  /** The one that is not over. */
  get current(): ServiceDeployment | undefined {
    return this.#history.ofService(this.#rolling.service).find((known) => !isOver(known));
  }

  /** The last COMPLETED deployment, unless it is already being returned to. */
  get rollbackTarget(): Deployment | undefined {
    return this.#completed;
  }

  /** Starts a deployment of a revision; one that still runs is stopped. */
  start(revision: ServiceRevision): void {
    this.#stopWatching();
    const { current } = this;
    if (current) this.#conclude(current, 'STOPPED', 'A new service deployment was started.');
    const serviceDeployment = this.#history.add(revision, this.#summaries());
    const deployment = this.#rolling.begin({ revision, serviceDeployment });
    this.#later(() => {
      this.#history.become(serviceDeployment, 'IN_PROGRESS');
      this.#launch(deployment);
    });
  }

  breakerTripped(deployment: Deployment): void {
    const { serviceDeployment } = deployment;
    serviceDeployment.circuitBreaker = 'TRIGGERED';
    const breaker = serviceDeployment.configuration.deploymentCircuitBreaker;
    this.fail(deployment, circuitBreakerFailure, breaker?.rollback === true);
  }

  /** Completes the deployment, after the time that its alarms are still watched. */
  steady(deployment: Deployment): void {
    if (deployment.rolloutState !== 'IN_PROGRESS') {
      this.#saySteady();
      return;
    }
    if (!this.#watch?.isOn) {
      this.#complete(deployment);
      this.#saySteady();
      return;
    }
    this.#saySteady();
    this.#later(() => {
      this.#complete(deployment);
      this.#rolling.look();
    }, this.#world.settings.deploymentAlarmBakeMs);
  }

  /** FAILED, and back to the last COMPLETED deployment where that is wanted and there is one. */
  fail(deployment: Deployment, failure: Failure, rollBack: boolean): void {
    const { service } = this.#rolling;
    const { serviceDeployment } = deployment;
    this.#stopWatching();
    deployment.rolloutState = 'FAILED';
    deployment.rolloutStateReason = failure.rolloutStateReason;
    deployment.updatedAtMs = this.#world.clock.now();
    this.#announce.say(service, `(deployment ${deployment.id}) deployment failed: ${failure.said}`);
    this.#announce.deployment(service, deployment, 'FAILED', failure.eventReason);
    const target = rollBack ? this.#completed : undefined;
    if (target) this.#rollBack(serviceDeployment, target, failure);
    else if (deployment.rollbackTo !== undefined) {
      this.#conclude(
        serviceDeployment,
        'ROLLBACK_FAILED',
        rolledBack(failure, 'failed to roll back'),
      );
    } else {
      this.#conclude(serviceDeployment, 'STOPPED', rolledBack(failure, 'stopped'));
    }
    this.#rolling.look();
  }

  /** Nothing of this service happens any more. */
  stop(): void {
    this.#stopWatching();
    this.#cancelDelay?.();
  }

  #rollBack(serviceDeployment: ServiceDeployment, target: Deployment, failure: Failure): void {
    const { service } = this.#rolling;
    const reason = `${failure.prefix}: rolling back to deploymentId ${target.id}.`;
    // A deployment that is returned to is no target of another rollback until it is COMPLETED again.
    this.#completed = undefined;
    this.#announce.say(service, `rolling back to deployment ${target.id}.`);
    this.#history.become(
      serviceDeployment,
      'ROLLBACK_REQUESTED',
      rolledBack(failure, 'rolled back'),
    );
    serviceDeployment.rollback = {
      reason: rolledBack(failure, 'rolled back'),
      startedAtMs: this.#world.clock.now(),
      serviceRevisionArn: target.revision.arn,
    };
    const deployment = this.#rolling.begin({
      revision: target.revision,
      serviceDeployment,
      reason,
      rollbackTo: target.id,
    });
    this.#later(() => {
      this.#history.become(serviceDeployment, 'ROLLBACK_IN_PROGRESS');
      this.#launch(deployment);
    });
  }

  #launch(deployment: Deployment): void {
    const { service } = this.#rolling;
    this.#announce.deployment(service, deployment, 'IN_PROGRESS', deployment.rolloutStateReason);
    // The way back is not watched: its alarms may well be the ones that began it.
    if (deployment.rollbackTo === undefined) this.#watchAlarms(deployment);
    this.#rolling.launch();
  }

  #watchAlarms(deployment: Deployment): void {
    const { serviceDeployment } = deployment;
    this.#watch = new AlarmWatch(this.#world, serviceDeployment, () =>
      this.fail(
        deployment,
        alarmFailure,
        serviceDeployment.configuration.alarms?.rollback === true,
      ),
    );
    this.#watch.start();
  }

  #complete(deployment: Deployment): void {
    if (deployment !== this.#rolling.primary || deployment.rolloutState !== 'IN_PROGRESS') return;
    const { service } = this.#rolling;
    this.#stopWatching();
    deployment.rolloutState = 'COMPLETED';
    deployment.rolloutStateReason = `ECS deployment ${deployment.id} completed.`;
    deployment.updatedAtMs = this.#world.clock.now();
    this.#completed = deployment;
    const status = deployment.rollbackTo === undefined ? 'SUCCESSFUL' : 'ROLLBACK_SUCCESSFUL';
    this.#conclude(deployment.serviceDeployment, status);
    this.#announce.say(service, `(deployment ${deployment.id}) deployment completed.`);
    this.#announce.deployment(service, deployment, 'COMPLETED', deployment.rolloutStateReason);
  }

  /** The counts stay as they are at the end. */
  #conclude(
    serviceDeployment: ServiceDeployment,
    status: 'SUCCESSFUL' | 'STOPPED' | 'ROLLBACK_SUCCESSFUL' | 'ROLLBACK_FAILED',
    reason?: string,
  ): void {
    const summaries = this.#summaries();
    const target = summaries.find(({ arn }) => arn === serviceDeployment.target.arn);
    serviceDeployment.targetCounts = target ?? {
      ...serviceDeployment.targetCounts,
      runningTaskCount: 0,
      pendingTaskCount: 0,
    };
    serviceDeployment.sourceSummaries = serviceDeployment.sourceSummaries.map(
      (source) =>
        summaries.find(({ arn }) => arn === source.arn) ?? {
          ...source,
          runningTaskCount: 0,
          pendingTaskCount: 0,
        },
    );
    if (status === 'STOPPED') this.#history.become(serviceDeployment, 'STOP_REQUESTED');
    this.#history.become(serviceDeployment, status, reason);
  }

  #summaries(): RevisionSummary[] {
    const { deployments, service } = this.#rolling;
    return deployments.map((deployment) => {
      const { runningCount, pendingCount } = this.#rolling.counts(deployment);
      return {
        arn: deployment.revision.arn,
        requestedTaskCount: service.settings.desiredCount,
        runningTaskCount: runningCount,
        pendingTaskCount: pendingCount,
      };
    });
  }

  #saySteady(): void {
    const { service } = this.#rolling;
    this.#announce.say(service, 'has reached a steady state.');
    this.#announce.action(service, 'INFO', 'SERVICE_STEADY_STATE');
  }

  #later(run: () => void, delayMs = this.#world.settings.serviceDeploymentStartMs): void {
    this.#cancelDelay?.();
    this.#cancelDelay = this.#world.clock.schedule(delayMs, run);
  }

  #stopWatching(): void {
    this.#watch?.stop();
    this.#watch = undefined;
  }
}

function rolledBack({ statusReason }: Failure, what: string): string {
  return `Service deployment ${what} because ${statusReason}.`;
}
