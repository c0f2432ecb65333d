import type {
  AlarmConfiguration,
  AutoRollbackConfiguration,
  DeploymentCreator,
  DeploymentStatus,
  DeploymentWaitType,
} from '@aws-sdk/client-codedeploy';
import type { World } from '../core/world.ts';
import { announce } from './announce.ts';
import type { AppSpec } from './app-spec.ts';
import type { DeploymentConfig } from './deployment-config.ts';
import type { DeploymentEnd, SimulationStopped } from './deployment-end.ts';
import type { DeploymentGroup } from './deployment-group.ts';
import type { DeploymentTarget } from './deployment-target.ts';
import type { Revision } from './revision.ts';
import { ServiceRole } from './service-role.ts';

export interface DeploymentOrder {
  readonly group: DeploymentGroup;
  readonly config: DeploymentConfig;
  readonly revision: Revision;
  readonly appSpec: AppSpec;
  readonly description: string | undefined;
  readonly creator: DeploymentCreator;
  readonly autoRollback: AutoRollbackConfiguration | undefined;
  readonly alarms: AlarmConfiguration | undefined;
  readonly alarmsOverridden: boolean;
  readonly previousRevision: Revision | undefined;
}

export interface RollbackLink {
  rollbackDeploymentId?: string;
  rollbackTriggeringDeploymentId?: string;
  rollbackMessage?: string;
}

const terminal: readonly DeploymentStatus[] = ['Succeeded', 'Failed', 'Stopped'];

/** State of one deployment; the phases move it, the wire shows it. */
export class Deployment {
  readonly id: string;
  readonly order: DeploymentOrder;
  readonly createdAtMs: number;
  startedAtMs: number | undefined;
  completedAtMs: number | undefined;
  /** Missing until the deployment has started: DeploymentNotStartedException (aws-facts 3.5). */
  target: DeploymentTarget | undefined;
  end: DeploymentEnd | undefined;
  terminationWaitStarted = false;
  /** True between the failure and the creation of the rollback deployment. */
  rollbackPending = false;
  readonly rollback: RollbackLink = {};
  readonly role: ServiceRole;
  readonly #world: World;
  readonly #controller = new AbortController();
  readonly #continued = new Set<DeploymentWaitType>();
  readonly #onContinue = new Set<() => void>();
  #status: DeploymentStatus = 'Created';

  constructor(world: World, order: DeploymentOrder) {
    this.#world = world;
    this.id = world.ids.deployment();
    this.order = order;
    this.role = new ServiceRole(world, order.group);
    this.createdAtMs = world.clock.now();
    world.journal.record('deployment.created', {
      deploymentId: this.id,
      application: order.group.applicationName,
      deploymentGroup: order.group.name,
      creator: order.creator === 'codeDeployRollback' ? 'codeDeployRollback' : 'user',
    });
    this.#record();
  }

  get status(): DeploymentStatus {
    return this.#status;
  }

  /** Aborted with a DeploymentEnd when the deployment is to stop. */
  get signal(): AbortSignal {
    return this.#controller.signal;
  }

  get completed(): boolean {
    return terminal.includes(this.#status);
  }

  /** Holds the group's one place, also while the rollback is about to follow (aws-facts 3.6, 3.8). */
  get occupiesGroup(): boolean {
    return !this.completed || this.rollbackPending;
  }

  setStatus(status: DeploymentStatus): void {
    this.#status = status;
    if (status === 'InProgress') this.startedAtMs ??= this.#world.clock.now();
    if (this.completed) this.completedAtMs = this.#world.clock.now();
    this.#record();
    announce(this.#world, this);
  }

  /** Back to InProgress from Ready, without a second START event. */
  resume(): void {
    this.#status = 'InProgress';
    this.#record();
  }

  stop(end: DeploymentEnd | SimulationStopped): void {
    this.#controller.abort(end);
  }

  continueWait(wait: DeploymentWaitType): void {
    this.#continued.add(wait);
    for (const look of [...this.#onContinue]) look();
  }

  wasContinued(wait: DeploymentWaitType): boolean {
    return this.#continued.has(wait);
  }

  onContinue(look: () => void): () => void {
    this.#onContinue.add(look);
    return () => this.#onContinue.delete(look);
  }

  #record(): void {
    this.#world.journal.record('deployment.status', {
      deploymentId: this.id,
      status: this.#status,
      ...(this.end?.code ? { errorCode: this.end.code } : {}),
    });
  }
}
