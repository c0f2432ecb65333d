import type http from 'node:http';
import { text } from 'node:stream/consumers';
import type { AcmModel } from '../acm/model.ts';
import type { World } from '../core/world.ts';
import { viewCertificate } from './certificate-control.ts';

/** Where the production and test listeners of the balancers really listen. */
export interface ListenerEntry {
  readonly name: string;
  readonly protocol: 'HTTP' | 'HTTPS';
  readonly address: string;
}

export interface ControlApiOptions {
  readonly world: World;
  readonly listeners: () => ListenerEntry[];
  readonly acm: AcmModel;
  /** Operations that take a JSON body, by path below the prefix; what they throw is answered with 400. */
  readonly actions?: Readonly<Record<string, (body: unknown) => unknown>>;
}

const prefix = '/_greengate/';

/**
 * What AWS has no API for: the simulator's own state, an event delivered again, certificates made to order,
 * findings of scans. Returns false for paths that are not its own.
 */
export function controlApi({ world, listeners, acm, actions = {} }: ControlApiOptions) {
  return (request: http.IncomingMessage, response: http.ServerResponse): boolean => {
    const path = (request.url ?? '/').split('?')[0] ?? '/';
    if (!path.startsWith(prefix)) return false;
    const [resource, id, action] = path.slice(prefix.length).split('/');
    const act = request.method === 'POST' && !id && Object.hasOwn(actions, resource ?? '');
    if (act) {
      void takeAction(world, request, response, actions[resource ?? '']);
      return true;
    }
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
    } else if (request.method === 'GET' && resource === 'ca.pem') {
      response.writeHead(200, { 'content-type': 'application/x-pem-file' });
      response.end(acm.authority.certificatePem);
    } else if (request.method === 'GET' && resource === 'certificates') {
      answer(response, 200, acm.all().map(viewCertificate));
    } else if (request.method === 'POST' && resource === 'events' && id && action === 'redeliver') {
      redeliver(world, id, response);
    } else {
      answer(response, 404, {
        message: `No control operation ${request.method} ${path}; there are GET ${prefix}state, GET ${prefix}journal, POST ${prefix}events/ID/redeliver, GET ${prefix}ca.pem, GET ${prefix}certificates${posts(actions)}`,
      });
    }
    return true;
  };
}

function posts(actions: object): string {
  return Object.keys(actions)
    .map((name) => `, POST ${prefix}${name}`)
    .join('');
}

async function takeAction(
  world: World,
  request: http.IncomingMessage,
  response: http.ServerResponse,
  action: ((body: unknown) => unknown) | undefined,
): Promise<void> {
  await world.clock.during(`control request ${request.url}`, async () => {
    try {
      const body: unknown = JSON.parse(await text(request));
      answer(response, 200, action?.(body));
    } catch (error) {
      answer(response, 400, { message: error instanceof Error ? error.message : String(error) });
    }
  });
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
