import {
  CreateCapacityProviderCommand,
  PutClusterCapacityProvidersCommand,
  RegisterContainerInstanceCommand,
  RunTaskCommand,
  type RunTaskCommandInput,
} from '@aws-sdk/client-ecs';
import { EcsWire } from '../ecs-wire.ts';
import { idleSource } from '../rolling/rolling-fixture.ts';

/** ECS whose capacity providers start instances of the fixture's architecture, with an idle image `v1`. */
export async function startForInstances(): Promise<EcsWire> {
  const ecs = await EcsWire.start({
    uncheckedTaskSettleMs: 0,
    // As the fixture's images.
    containerInstanceType: 'm7g.large',
  });
  ecs.fixture.image('v1', { source: idleSource });
  return ecs;
}

export const autoScalingGroupArn =
  'arn:aws:autoscaling:eu-west-1:111122223333:autoScalingGroup:a1b2:autoScalingGroupName/web';

/** Requests that tests of instances send again and again. */
export function instanceRequests(wire: () => EcsWire) {
  return {
    /** Registers a container instance and answers its ARN. */
    register: async (instanceType = 'm7g.large', availabilityZone = 'eu-west-1a') => {
      const { containerInstance } = await wire().client.send(
        new RegisterContainerInstanceCommand({
          cluster: 'sample',
          instanceIdentityDocument: JSON.stringify({ instanceType, availabilityZone }),
        }),
      );
      return containerInstance?.containerInstanceArn ?? '';
    },
    /** A task definition for instances. */
    onEc2: (more: object = {}) =>
      wire().fixture.taskDefinition(
        { portMappings: [] },
        {
          networkMode: 'bridge',
          requiresCompatibilities: ['EC2'],
          cpu: '1024',
          memory: '512',
          runtimePlatform: undefined,
          ...more,
        },
      ),
    run: (more: Partial<RunTaskCommandInput>) =>
      wire().client.send(
        new RunTaskCommand({
          cluster: 'sample',
          taskDefinition: 'shop',
          launchType: 'EC2',
          ...more,
        }),
      ),
    /** Makes the capacity provider `web`, whose group ECS scales. */
    createProvider: () =>
      wire().client.send(
        new CreateCapacityProviderCommand({
          name: 'web',
          autoScalingGroupProvider: { autoScalingGroupArn, managedScaling: { status: 'ENABLED' } },
        }),
      ),
    /** Gives the cluster these capacity providers, and a default strategy of `byDefault`. */
    associate: (capacityProviders: string[], byDefault = capacityProviders) =>
      wire().client.send(
        new PutClusterCapacityProvidersCommand({
          cluster: 'sample',
          capacityProviders,
          defaultCapacityProviderStrategy: byDefault.map((capacityProvider) => ({
            capacityProvider,
            weight: 1,
          })),
        }),
      ),
  };
}
