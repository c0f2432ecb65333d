import { AwsError } from '../core/aws-error.ts';
import type { Deployment } from './deployment.ts';
import type { DeploymentGroup } from './deployment-group.ts';
import type { DeploymentTarget } from './deployment-target.ts';

const idFormat = /^d-[A-Z0-9]{9}$/;

/** All deployments of the run, in the order of their creation. */
export class Deployments {
  readonly #deployments = new Map<string, Deployment>();

  add(deployment: Deployment): void {
    this.#deployments.set(deployment.id, deployment);
  }

  all(): Deployment[] {
    return [...this.#deployments.values()];
  }

  get(id: string | undefined): Deployment {
    const deployment = this.find(id);
    if (deployment) return deployment;
    throw new AwsError(
      'DeploymentDoesNotExistException',
      `The deployment ${id} could not be found`,
    );
  }

  /** Undefined for a well-formed id that nobody knows. */
  find(id: string | undefined): Deployment | undefined {
    if (!id) {
      throw new AwsError('DeploymentIdRequiredException', 'Deployment id is required');
    }
    if (!idFormat.test(id)) {
      throw new AwsError(
        'InvalidDeploymentIdException',
        `Specified DeploymentId is not in the valid format: ${id}`,
      );
    }
    return this.#deployments.get(id);
  }

  /** The deployment's target; throws DeploymentNotStartedException for a while (aws-facts 3.5). */
  startedTarget(id: string | undefined): { deployment: Deployment; target: DeploymentTarget } {
    const deployment = this.get(id);
    const { target } = deployment;
    if (target) return { deployment, target };
    throw new AwsError(
      'DeploymentNotStartedException',
      `The deployment ${deployment.id} has not started`,
    );
  }

  /** Oldest first. */
  ofGroup({ id }: DeploymentGroup): Deployment[] {
    return this.all().filter(({ order }) => order.group.id === id);
  }

  active(group: DeploymentGroup): Deployment | undefined {
    return this.ofGroup(group).find((deployment) => deployment.occupiesGroup);
  }

  lastSuccessful(group: DeploymentGroup): Deployment | undefined {
    return this.ofGroup(group).findLast(({ status }) => status === 'Succeeded');
  }

  /** They go with their application [observed in alantech/iasql PR #1677]; one that still runs stays. */
  forgetApplication(applicationId: string): void {
    for (const { id, order, occupiesGroup } of this.all()) {
      if (order.group.applicationId === applicationId && !occupiesGroup) {
        this.#deployments.delete(id);
      }
    }
  }
}
