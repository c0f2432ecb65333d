import type { World } from '../../core/world.ts';
import { StatesError } from '../interpreter/states-error.ts';
import type { Integration } from './integration.ts';
import { resourceName, type ServiceResource } from './resource.ts';
import { callError } from './sdk/call-errors.ts';
import { pascal } from './sdk/parameter-casing.ts';
import { sdkServices } from './sdk/sdk-services.ts';
import type { ServiceCalls } from './sdk/service-calls.ts';
import { serviceTaskEvents } from './task-events.ts';

/** `aws-sdk:SERVICE:ACTION`: any operation of a simulated service (SDK integrations page). */
export function awsSdk(world: World, calls: ServiceCalls, resource: ServiceResource): Integration {
  const service = sdkServices[resource.service];
  if (!service) throw new StatesError('States.Runtime', `No service ${resource.service} here`);
  const { name, prefix } = service;
  const type = `aws-sdk:${resource.service}`;
  return {
    callback: resource.pattern === 'callback',
    events: serviceTaskEvents(type, resourceName(resource), world.identity.region),
    invoke: async (parameters, { execution }) => {
      const operation = pascal(resource.action);
      const { roleArn } = execution.machine;
      try {
        return (await calls.call({ service: name, operation, parameters, roleArn })).output;
      } catch (error) {
        const names = { prefix, undeclared: `${prefix}Exception` };
        throw callError(error, calls.schemas(name), names, JSON.stringify(parameters));
      }
    },
  };
}
