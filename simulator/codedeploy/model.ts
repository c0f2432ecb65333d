import type {
  CreateDeploymentInput,
  DeploymentWaitType,
  StopDeploymentOutput,
} from '@aws-sdk/client-codedeploy';
import { AwsError } from '../core/aws-error.ts';
import type { CodeDeployService } from '../core/services.ts';
import type { World } from '../core/world.ts';
import { Applications } from './applications.ts';
import { readOrder } from './create-deployment.ts';
import { Deployment, type DeploymentOrder } from './deployment.ts';
import { DeploymentConfigStore } from './deployment-config.ts';
import { DeploymentEnd, SimulationStopped } from './deployment-end.ts';
import { Deployments } from './deployments.ts';
import { HookExecutions } from './hook-executions.ts';
import { describingRevision } from './revision.ts';
import { runDeployment } from './run-deployment.ts';
import { needsRollback, runRollback } from './run-rollback.ts';

/** CodeDeploy for the ECS compute platform: it runs deployments (aws-facts 3). */
export class CodeDeployModel implements CodeDeployService {
  readonly configs: DeploymentConfigStore;
  readonly applications: Applications;
  readonly deployments = new Deployments();
  readonly hooks: HookExecutions;
  readonly #world: World;
  readonly #stopping = new AbortController();
  readonly #running = new Set<Promise<void>>();

  constructor(world: World) {
    this.#world = world;
    this.configs = new DeploymentConfigStore(world);
    this.applications = new Applications(world, this.configs);
    this.hooks = new HookExecutions(world);
  }

  activeDeployment(application: string, deploymentGroup: string): string | undefined {
    return this.deployments.active(this.applications.group(application, deploymentGroup))?.id;
  }

  /** With its groups, revisions and deployments that ended. */
  deleteApplication(name: string | undefined): void {
    if (!name) {
      throw new AwsError('ApplicationNameRequiredException', 'Application name is required');
    }
    const application = this.applications.delete(name);
    if (application) this.deployments.forgetApplication(application.id);
  }

  deleteDeploymentConfig(name: string | undefined): void {
    const users = this.applications.groups().filter(({ configName }) => configName === name);
    this.configs.delete(
      name,
      users.map((group) => group.name),
    );
  }

  /** Starts a deployment and returns its id. */
  createDeployment(input: CreateDeploymentInput): string {
    const checked = readOrder(this.#world, this.applications, this.configs, input);
    const { group } = checked;
    const active = this.deployments.active(group);
    if (active) {
      throw new AwsError(
        'DeploymentLimitExceededException',
        `The Deployment Group '${group.name}' already has an active Deployment '${active.id}'`,
      );
    }
    const previousRevision = this.deployments.lastSuccessful(group)?.order.revision;
    const deployment = this.#add({ ...checked, previousRevision });
    this.#track(this.#run(deployment));
    return deployment.id;
  }

  stopDeployment(id: string | undefined, rollbackWanted?: boolean): StopDeploymentOutput {
    const deployment = this.deployments.get(id);
    refuseCompleted(deployment);
    this.#requireGroup(deployment);
    const notBegun = deployment.status === 'Created';
    deployment.stop(
      new DeploymentEnd('Stopped', 'MANUAL_STOP', 'The deployment was stopped by a user request', {
        rollbackEvent: 'DEPLOYMENT_STOP_ON_REQUEST',
        ...(rollbackWanted === undefined ? {} : { rollbackWanted }),
      }),
    );
    // Pending means: ask again; there is nothing to wait for before the start (aws-facts 3.8, assumption).
    return notBegun && this.#world.settings.stopBeforeStartAnswer === 'Succeeded'
      ? { status: 'Succeeded', statusMessage: `The deployment ${deployment.id} was stopped` }
      : { status: 'Pending', statusMessage: `The deployment ${deployment.id} is being stopped` };
  }

  continueDeployment(id: string | undefined, waitType: DeploymentWaitType | undefined): void {
    const deployment = this.deployments.get(id);
    refuseCompleted(deployment);
    const wait = waitType ?? 'READY_WAIT';
    if (wait !== 'READY_WAIT' && wait !== 'TERMINATION_WAIT') {
      throw new AwsError(
        'InvalidDeploymentWaitTypeException',
        `Deployment wait type must be READY_WAIT or TERMINATION_WAIT, not ${wait}`,
      );
    }
    if (wait === 'READY_WAIT' && deployment.status !== 'Ready') {
      throw new AwsError(
        'DeploymentIsNotInReadyStateException',
        `The deployment ${deployment.id} is ${deployment.status}, not Ready`,
      );
    }
    if (wait === 'TERMINATION_WAIT' && !deployment.terminationWaitStarted) {
      throw new AwsError(
        'InvalidDeploymentStatusException',
        `The deployment ${deployment.id} does not wait for the termination of the original task set`,
      );
    }
    deployment.continueWait(wait);
  }

  /** Answers with the execution id, as PutLifecycleEventHookExecutionStatus does. */
  reportHook(
    id: string | undefined,
    executionId: string | undefined,
    status: string | undefined,
  ): string | undefined {
    this.hooks.report(this.deployments.get(id).id, executionId, status);
    return executionId;
  }

  /** Drops running deployments where they are. */
  async stop(): Promise<void> {
    const reason = new SimulationStopped('The simulator is stopping');
    this.#stopping.abort(reason);
    for (const deployment of this.deployments.all()) deployment.stop(reason);
    await Promise.allSettled(this.#running);
  }

  #requireGroup({ order: { group } }: Deployment): void {
    if (this.applications.groups().some(({ id }) => id === group.id)) return;
    throw new AwsError(
      'DeploymentGroupDoesNotExistException',
      `No Deployment Group found for name: ${group.name}`,
    );
  }

  #add(order: DeploymentOrder): Deployment {
    const deployment = new Deployment(this.#world, order);
    this.deployments.add(deployment);
    const { group, revision } = order;
    // The application may be gone when a rollback follows.
    const application = this.applications.withId(group.applicationId);
    if (!application) return deployment;
    const registered = this.applications.register(application, revision);
    registered.firstUsedAtMs ??= this.#world.clock.now();
    registered.lastUsedAtMs = this.#world.clock.now();
    registered.deploymentGroups.add(group.name);
    return deployment;
  }

  async #run(deployment: Deployment): Promise<void> {
    await runDeployment(this.#world, deployment, this.hooks);
    if (needsRollback(deployment)) await this.#rollBack(deployment);
  }

  /** A rollback is a deployment of its own, linked both ways after a gap (aws-facts 3.8). */
  async #rollBack(failed: Deployment): Promise<void> {
    const { target, order } = failed;
    if (!target) return;
    failed.rollbackPending = true;
    await this.#world.clock.sleep(this.#world.settings.rollbackGapMs, {
      signal: this.#stopping.signal,
    });
    const { appSpec } = order;
    const rollback = this.#add({
      ...order,
      // A rollback moves all traffic at once, whatever the group says (recorded on AWS, docs/fidelity.md).
      config: this.configs.get('CodeDeployDefault.ECSAllAtOnce'),
      revision:
        order.previousRevision ??
        describingRevision(
          target.original.view.taskDefinition,
          appSpec.containerName,
          appSpec.containerPort,
        ),
      previousRevision: order.revision,
      description: `Rollback of deployment ${failed.id}`,
      creator: 'codeDeployRollback',
    });
    rollback.rollback.rollbackTriggeringDeploymentId = failed.id;
    rollback.rollback.rollbackMessage = `Deployment ${rollback.id} is triggered to roll back deployment ${failed.id}.`;
    failed.rollback.rollbackDeploymentId = rollback.id;
    failed.rollback.rollbackMessage = `Deployment ${failed.id} terminated. Automatic rollback is triggered with a DeploymentId ${rollback.id}.`;
    failed.rollbackPending = false;
    const { hooks } = this;
    await runRollback({ world: this.#world, deployment: rollback, hooks }, target);
  }

  #track(work: Promise<void>): void {
    const tracked = work
      .catch((error) => {
        if (!(error instanceof SimulationStopped)) throw error;
      })
      .finally(() => this.#running.delete(tracked));
    this.#running.add(tracked);
  }
}

function refuseCompleted(deployment: Deployment): void {
  if (!deployment.completed) return;
  throw new AwsError(
    'DeploymentAlreadyCompletedException',
    `The deployment ${deployment.id} is already ${deployment.status}`,
  );
}
