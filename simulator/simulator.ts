import http from 'node:http';
import type { WorldOptions } from './core/build-world.ts';
import type { World } from './core/world.ts';
import type { Models } from './models.ts';
import type { ResetRequest, SimulatorControl } from './server/control.ts';
import { createControlApi } from './server/control-api.ts';
import { createHostGuard } from './server/host-guard.ts';
import { listenOnLoopback } from './server/listen.ts';
import { type ListenerEntry, listenerEntries } from './server/listener-entries.ts';
import { createWorldServer, type WorldServer } from './server/world-server.ts';

export interface SimulatorOptions extends WorldOptions {
  /** Port of the AWS endpoint and the image registry; default 0, a free one. */
  readonly port?: number;
}

export interface Simulator {
  /** Another one after each reset. */
  readonly world: World;
  readonly models: Models;
  /** `http://127.0.0.1:PORT`, for AWS_ENDPOINT_URL. */
  readonly endpoint: string;
  /** `127.0.0.1:PORT`, for image names. */
  readonly registry: string;
  /** Creates everything that the stacks of a synthesized cloud assembly declare. */
  deployAssembly(directory: string): Promise<void>;
  /** The same for one template file. */
  deployTemplate(file: string): Promise<void>;
  /** Where the balancers' listeners can be reached from this machine. */
  listeners(): ListenerEntry[];
  /** Ends all that runs and begins anew with an empty world, or with what was loaded into this one. */
  reset(request?: ResetRequest): Promise<void>;
  /** Ends every function, task, listener and timer, and removes the scratch folder. */
  stop(): Promise<void>;
}

/** Longer than clients on a busy machine pause between requests. */
const keepAliveMs = 65_000;

/** A small AWS on loopback: one port for the AWS protocols, the image registry and the control API. */
export async function createSimulator(options: SimulatorOptions = {}): Promise<Simulator> {
  // Clients keep connections; one that is closed while its next request is on the way would be reset.
  const server = http.createServer({ keepAliveTimeout: keepAliveMs });
  const port = await listenOnLoopback(server, options.port ?? 0);
  const registry = `127.0.0.1:${port}`;
  const endpoint = `http://${registry}`;
  let seed = options.seed;
  const begin = () =>
    createWorldServer({ ...options, ...(seed !== undefined && { seed }) }, endpoint);
  let current: WorldServer = begin();
  /** Requests that come during a reset are the new world's. */
  let replaced: Promise<void> = Promise.resolve();
  let loaded: ((server: WorldServer) => Promise<unknown>)[] = [];
  const load = async (how: (server: WorldServer) => Promise<unknown>) => {
    await how(current);
    loaded.push(how);
  };

  const control: SimulatorControl = {
    current: () => current,
    load,
    reset: async (request = {}, keepSocket) => {
      replaced = replaced.then(async () => {
        for (const socket of sockets) if (socket !== keepSocket) socket.destroy();
        await current.stop();
        if (request.seed !== undefined) seed = request.seed;
        current = begin();
      });
      await replaced;
      const again = request.to === 'loaded' ? loaded : [];
      loaded = [];
      for (const how of again) await load(how);
    },
  };
  const sockets = trackSockets(server);
  const guard = createHostGuard();
  const handleControl = createControlApi(control);
  server.on('request', async (request, response) => {
    const refusal = await guard(request);
    await replaced;
    if (refusal !== undefined) refuse(response, refusal);
    else if (!(await handleControl(request, response))) await current.handle(request, response);
  });

  return {
    get world() {
      return current.world;
    },
    get models() {
      return current.models;
    },
    endpoint,
    registry,
    deployAssembly: (directory) => load(({ loader }) => loader.deployAssembly(directory)),
    deployTemplate: (file) => load(({ loader }) => loader.deployTemplateFile(file)),
    listeners: () => listenerEntries(current.models),
    reset: control.reset,
    stop: async () => {
      await current.stop();
      await closeServer(server);
    },
  };
}

function trackSockets(server: http.Server): Set<http.IncomingMessage['socket']> {
  const sockets = new Set<http.IncomingMessage['socket']>();
  server.on('connection', (socket) => {
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
  });
  return sockets;
}

function refuse(response: http.ServerResponse, message: string): void {
  response.writeHead(403, { 'content-type': 'application/json', connection: 'close' });
  response.end(`${JSON.stringify({ message })}\n`);
}

async function closeServer(server: http.Server): Promise<void> {
  const closed = new Promise<void>((resolve) => server.close(() => resolve()));
  server.closeAllConnections();
  await closed;
}
