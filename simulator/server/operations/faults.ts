import { z } from 'zod';
import { guaranteedSources } from '../../faults/faults.ts';
import { serviceDescriptions } from '../../wire/service-description.ts';
import { ControlRefusal, controlOperation } from '../control-operation.ts';
import type { WorldServer } from '../world-server.ts';

const trigger = {
  after: z.int().min(0).optional(),
  count: z.int().min(1).optional(),
  probability: z.number().min(0).max(1).optional(),
};
const when = z.enum(['before', 'after']);
const aDayMs = 86_400_000;

const callFault = z.strictObject({
  service: z.string().optional(),
  operation: z.string().optional(),
  caller: z.string().optional(),
  ...trigger,
  effect: z.discriminatedUnion('type', [
    z.strictObject({
      type: z.literal('error'),
      code: z.string().min(1),
      message: z.string().optional(),
      status: z.int().min(400).max(599).optional(),
    }),
    z.strictObject({ type: z.literal('throttle') }),
    z.strictObject({ type: z.literal('delay'), ms: z.number().min(0).max(aDayMs) }),
    z.strictObject({ type: z.literal('drop'), when }),
    z.strictObject({ type: z.literal('duplicate') }),
    z.strictObject({ type: z.literal('crash'), when }),
  ]),
});

const eventFault = z.strictObject({
  source: z.string().optional(),
  detailType: z.string().optional(),
  ...trigger,
  effect: z.discriminatedUnion('type', [
    z.strictObject({ type: z.literal('lose') }),
    z.strictObject({ type: z.literal('duplicate'), times: z.int().min(1).max(100).default(1) }),
    z.strictObject({ type: z.literal('delay'), ms: z.number().min(0).max(aDayMs) }),
    z.strictObject({
      type: z.literal('reorder'),
      withinMs: z.number().min(0).max(aDayMs).default(30_000),
    }),
  ]),
  force: z.boolean().optional(),
});

export const faultOperations = [
  controlOperation(
    'GET faults',
    'Faults of calls and of events, with how many they fit and befell',
    {},
    ({ control }) => {
      const { calls, events } = control.current().world.faults;
      return { calls: calls.all(), events: events.all() };
    },
  ),
  controlOperation(
    'POST faults',
    'Lets calls fail: error, throttle, delay, drop, duplicate, or crash of the calling function; once, unless count or probability says otherwise',
    {
      body: callFault,
      example: {
        service: 'ecs',
        operation: 'RegisterTaskDefinition',
        count: 2,
        effect: { type: 'error', code: 'ServerException', status: 500 },
      },
    },
    ({ control, body }) => {
      checkCall(control.current(), body.service, body.operation);
      return control.current().world.faults.calls.add(body);
    },
  ),
  controlOperation(
    'POST event-faults',
    'Loses, duplicates, delays or reorders deliveries of events; events of ECS are never lost unless forced',
    {
      body: eventFault,
      example: { source: 'aws.ecr', effect: { type: 'lose' } },
    },
    ({ control, body }) => {
      const { source = '', effect, force } = body;
      if (effect.type === 'lose' && guaranteedSources.has(source) && !force) {
        throw new ControlRefusal(
          `Events of ${source} are delivered at least once, AWS says; to lose them all the same, set "force": true`,
        );
      }
      return control.current().world.faults.events.add(body);
    },
  ),
  controlOperation('DELETE faults', 'Removes all faults', {}, ({ control }) => {
    const { calls, events } = control.current().world.faults;
    calls.clear();
    events.clear();
    return { calls: [], events: [] };
  }),
  controlOperation('DELETE faults/{id}', 'Removes one fault', {}, ({ control, id }) => {
    const { calls, events } = control.current().world.faults;
    if (calls.remove(id) || events.remove(id)) return { removed: id };
    throw new ControlRefusal(`There is no fault "${id}"`, 404);
  }),
];

/** A fault that can never fire is a mistake. */
function checkCall(
  { services }: WorldServer,
  service: string | undefined,
  operation: string | undefined,
): void {
  if (service === undefined) return;
  const description = serviceDescriptions().find(
    ({ name, signingName }) => name === service || signingName === service,
  );
  if (!description) {
    const names = serviceDescriptions().map(({ name }) => name);
    throw new ControlRefusal(
      `Member "service" of the body: there is no "${service}"; there are ${names.join(', ')}`,
    );
  }
  const simulated = services.find(({ name }) => name === description.name)?.operations ?? {};
  if (operation !== undefined && !Object.hasOwn(simulated, operation)) {
    throw new ControlRefusal(
      `Member "operation" of the body: ${description.name} has no simulated operation "${operation}"`,
    );
  }
}
