import type http from 'node:http';
import type { World } from '../core/world.ts';

/** Where the production and test listeners of the balancers really listen. */
export interface ListenerEntry {
  readonly name: string;
  readonly address: string;
}

export interface ControlApiOptions {
  readonly world: World;
  readonly listeners: () => ListenerEntry[];
}

const prefix = '/_greengate/';

/**
 * What AWS has no API for: the simulator's own state, and an event delivered again. Returns false for
 * paths that are not its own.
 */
export function controlApi({ world, listeners }: ControlApiOptions) {
  return (request: http.IncomingMessage, response: http.ServerResponse): boolean => {
    const path = (request.url ?? '/').split('?')[0] ?? '/';
    if (!path.startsWith(prefix)) return false;
    const [resource, id, action] = path.slice(prefix.length).split('/');
    request.resume();
    if (request.method === 'GET' && resource === 'state') {
      answer(response, 200, {
        time: new Date(world.clock.now()).toISOString(),
        skippedMs: world.clock.skippedMs,
        heldBy: world.clock.heldBy(),
        listeners: listeners(),
        network: world.network.table(),
      });
    } else if (request.method === 'GET' && resource === 'journal') {
      answer(response, 200, world.journal.entries);
    } else if (request.method === 'POST' && resource === 'events' && id && action === 'redeliver') {
      redeliver(world, id, response);
    } else {
      answer(response, 404, {
        message: `No control operation ${request.method} ${path}; there are GET ${prefix}state, GET ${prefix}journal and POST ${prefix}events/ID/redeliver`,
      });
    }
    return true;
  };
}

function redeliver(world: World, id: string, response: http.ServerResponse): void {
  try {
    world.services.events.redeliver(id);
    answer(response, 202, { redelivered: id });
  } catch (error) {
    answer(response, 404, { message: error instanceof Error ? error.message : String(error) });
  }
}

function answer(response: http.ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { 'content-type': 'application/json' });
  response.end(`${JSON.stringify(body)}\n`);
}
