import { mkdtemp, rm } from 'node:fs/promises';
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { PublishedEvent } from '../../../simulator/core/services.ts';
import type { Settings } from '../../../simulator/core/settings.ts';
import { defaultEcrLimits, EcrModel } from '../../../simulator/ecr/model.ts';
import { registryHandler } from '../../../simulator/ecr/registry-handler.ts';
import { ecrWire } from '../../../simulator/ecr/wire.ts';
import type { CallContext } from '../../../simulator/wire/operation.ts';
import { createTestWorld, type TestWorld } from '../../support/simulator/fake-world.ts';

export interface EcrBench {
  readonly world: TestWorld;
  readonly model: EcrModel;
  /** `http://127.0.0.1:PORT`. */
  readonly registry: string;
  readonly events: PublishedEvent[];
  /** Runs one API operation, past the wire. */
  call(operation: string, input: object): Promise<Record<string, unknown>>;
  stop(): Promise<void>;
}

/** An ECR model with its registry on a real socket, and an event bus that only remembers. */
export async function openEcrBench(
  limits: Partial<typeof defaultEcrLimits> = {},
  settings: Partial<Settings> = {},
): Promise<EcrBench> {
  const directory = await mkdtemp(join(tmpdir(), 'greengate-ecr-'));
  const events: PublishedEvent[] = [];
  const publish = (event: PublishedEvent) => `event-${events.push(event)}`;
  const base = createTestWorld({ directory, settings, services: { events: { publish } } });
  let registry = '';
  const world = { ...base, endpoint: () => registry };
  const model = new EcrModel(world, { ...defaultEcrLimits, ...limits });
  const handle = registryHandler(model, world);
  const server = http.createServer((request, response) => {
    void handle(request, response).then((known) => {
      if (!known) response.writeHead(404).end();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  registry = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const { operations } = ecrWire(model, world);
  return {
    world,
    model,
    registry,
    events,
    call: async (name, input) => {
      const { handle: run } = operations[name] as unknown as {
        handle(input: object, context: CallContext): Promise<Record<string, unknown>>;
      };
      return run(input, { caller: { accessKeyId: 'me', name: 'user' }, requestId: 'request' });
    },
    stop: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
      await model.stop();
      world.clock.stop();
      await rm(directory, { recursive: true, force: true });
    },
  };
}
