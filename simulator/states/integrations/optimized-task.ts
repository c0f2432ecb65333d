import type { World } from '../../core/world.ts';
import type { Integration } from './integration.ts';
import type { Fields, Optimized } from './optimized/optimized.ts';
import { resourceName, type ServiceResource } from './resource.ts';
import { callError } from './sdk/call-errors.ts';
import type { ServiceCalls } from './sdk/service-calls.ts';
import { serviceTaskEvents } from './task-events.ts';

/** A Task that calls one of the optimized integrations. */
export function optimizedTask(
  world: World,
  calls: ServiceCalls,
  resource: ServiceResource,
  optimized: Optimized,
): Integration {
  const { service, operation, errors, complete } = optimized;
  const { pattern } = resource;
  const sync = pattern === 'sync' || pattern === 'sync:2';
  return {
    callback: pattern === 'callback',
    events: serviceTaskEvents(resource.service, resourceName(resource), world.identity.region),
    invoke: async (args, call) => {
      const given = (args ?? {}) as Fields;
      const parameters = optimized.request?.(given, call) ?? given;
      const { roleArn } = call.execution.machine;
      const answer = await calls
        .call({ service, operation, parameters, roleArn })
        .catch((error: unknown) => {
          throw callError(error, calls.schemas(service), errors, JSON.stringify(given));
        });
      return optimized.result(answer);
    },
    ...(sync &&
      complete && {
        complete: (started: unknown, call: Parameters<Integration['invoke']>[1]) =>
          complete(started, pattern, call, calls),
      }),
  };
}
