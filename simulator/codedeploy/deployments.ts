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
    if (!id) {
      throw new AwsError('DeploymentIdRequiredException', 'Deployment id is required');
    }
    if (!idFormat.test(id)) {
      throw new AwsError(
        'InvalidDeploymentIdException',
        `Specified DeploymentId is not in the valid format: ${id}`,
      );
    }
    const deployment = this.#deployments.get(id);
    if (deployment) return deployment;
    throw new AwsError(
      'DeploymentDoesNotExistException',
      `The deployment ${id} could not be found`,
    );
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
  ofGroup(applicationName: string, groupName: string): Deployment[] {
    return this.all().filter(
      ({ order: { group } }) =>
        group.applicationName === applicationName && group.name === groupName,
    );
  }

  active(applicationName: string, groupName: string): Deployment | undefined {
    return this.ofGroup(applicationName, groupName).find((deployment) => deployment.occupiesGroup);
  }

  lastSuccessful({ applicationName, name }: DeploymentGroup): Deployment | undefined {
    return this.ofGroup(applicationName, name).findLast(({ status }) => status === 'Succeeded');
  }
}
