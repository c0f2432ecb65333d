import {
  CreateServiceCommand,
  type CreateServiceCommandInput,
  ListServiceDeploymentsCommand,
  UpdateServiceCommand,
  type UpdateServiceCommandInput,
} from '@aws-sdk/client-ecs';
import { expect } from 'vitest';
import type { EcsWire } from '../ecs-wire.ts';
import type { RollingFixture } from './rolling-fixture.ts';

export const networkConfiguration = { awsvpcConfiguration: { subnets: ['subnet-a'] } };

/** An error of this name whose message holds these words. */
export const refused = (name: string, message: string) => ({
  name,
  message: expect.stringContaining(message),
});

/** Requests that tests of rolling services send again and again, for the service `shop`. */
export function rollingRequests(wire: () => EcsWire<RollingFixture>) {
  const create = (more: Partial<CreateServiceCommandInput> = {}) =>
    wire().client.send(
      new CreateServiceCommand({
        cluster: 'sample',
        serviceName: 'shop',
        taskDefinition: wire().fixture.version('v1'),
        launchType: 'FARGATE',
        desiredCount: 1,
        networkConfiguration,
        ...more,
      }),
    );
  return {
    create,
    update: (more: Partial<UpdateServiceCommandInput>) =>
      wire().client.send(new UpdateServiceCommand({ cluster: 'sample', service: 'shop', ...more })),
    /** Creates the service and waits until its first deployment is completed. */
    completed: async (more: Partial<CreateServiceCommandInput> = {}) => {
      await create(more);
      const [service] = wire().fixture.model.services.all();
      if (!service) throw new Error('No service was created');
      await wire().fixture.reached(service, 'COMPLETED');
      return service;
    },
    /** Statuses of its service deployments, newest first. */
    listed: async () => {
      const { serviceDeployments } = await wire().client.send(
        new ListServiceDeploymentsCommand({ cluster: 'sample', service: 'shop' }),
      );
      return serviceDeployments?.map(({ status }) => status);
    },
  };
}
