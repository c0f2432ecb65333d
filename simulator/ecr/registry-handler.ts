import type http from 'node:http';
import type { World } from '../core/world.ts';
import { type AccessControl, openAccess } from '../wire/access-control.ts';
import type { EcrModel } from './model.ts';
import { authorizeRequest, mayReadLayers } from './registry/authorize-request.ts';
import {
  beginUpload,
  cancelUpload,
  continueUpload,
  finishUpload,
  getUpload,
} from './registry/blob-uploads.ts';
import { getBlob } from './registry/blobs.ts';
import type { Exchange } from './registry/exchange.ts';
import { listReferrers, listRepositories, listTags } from './registry/listings.ts';
import { deleteManifest, getManifest, storeManifest } from './registry/manifests.ts';
import { RegistryError } from './registry/registry-error.ts';
import { toRegistryError } from './registry/translate-error.ts';
import { isRepositoryName } from './repositories.ts';

type Handler = (exchange: Exchange) => void | Promise<void>;

interface Route {
  /** Matches what follows `/v2/`: the repository's name, then the reference if the path has one. */
  readonly path: RegExp;
  readonly methods: Readonly<Record<string, Handler>>;
}

const routes: readonly Route[] = [
  { path: /^(.+)\/blobs\/uploads\/?$/, methods: { POST: beginUpload } },
  {
    path: /^(.+)\/blobs\/uploads\/([^/]+)$/,
    methods: { GET: getUpload, PATCH: continueUpload, PUT: finishUpload, DELETE: cancelUpload },
  },
  { path: /^(.+)\/blobs\/([^/]+)$/, methods: { GET: getBlob, HEAD: getBlob } },
  {
    path: /^(.+)\/manifests\/([^/]+)$/,
    methods: { GET: getManifest, HEAD: getManifest, PUT: storeManifest, DELETE: deleteManifest },
  },
  { path: /^(.+)\/tags\/list$/, methods: { GET: listTags } },
  { path: /^(.+)\/referrers\/([^/]+)$/, methods: { GET: listReferrers } },
];

const apiVersion = { 'docker-distribution-api-version': 'registry/2.0' };

/**
 * The registry's HTTP API (OCI distribution specification 1.1), which is also where layer download URLs
 * lead. Resolves to false for paths outside of `/v2/`. ECR answers 401 to requests without credentials;
 * this registry listens on loopback only and takes everybody, credentials or not; who shows a password acts as who
 * got it, and needs what a client of ECR needs.
 */
export function registryHandler(model: EcrModel, world: World, access: AccessControl = openAccess) {
  return async (request: http.IncomingMessage, response: http.ServerResponse): Promise<boolean> => {
    if (!/^\/v2(\/|\?|$)/.test(request.url ?? '')) return false;
    const url = new URL(request.url ?? '', 'http://registry');
    for (const [name, value] of Object.entries(apiVersion)) response.setHeader(name, value);
    await world.clock.during(
      `registry ${request.method} ${url.pathname}`,
      async () => {
        try {
          const caller = model.credentials.check(request, url.searchParams);
          if (caller !== undefined) authorizeRequest(access, caller, request, url);
          const mayReadLayersOf = (name: string) =>
            caller === undefined ||
            mayReadLayers(access, caller, name, request.socket.remoteAddress);
          await route({ model, world, request, response, mayReadLayersOf }, url);
        } catch (error) {
          answerError(request, response, error);
        }
      },
      'call',
    );
    return true;
  };
}

async function route(
  asked: Omit<Exchange, 'repository' | 'query' | 'reference'>,
  url: URL,
): Promise<void> {
  const { model, request, response } = asked;
  const rest = url.pathname.replace(/^\/v2\/?/, '');
  const method = request.method ?? 'GET';
  if (rest === '') {
    response.writeHead(200, { 'content-type': 'application/json', 'content-length': 2 });
    response.end(method === 'HEAD' ? undefined : '{}');
    return;
  }
  if (rest === '_catalog') {
    if (method !== 'GET') throw unsupported(`${method} is not supported on this path`, ['GET']);
    listRepositories(model.repositories, url.searchParams, response);
    return;
  }
  for (const { path, methods } of routes) {
    const [, name, reference = ''] = path.exec(rest) ?? [];
    if (name === undefined) continue;
    const handler = methods[method];
    if (!handler)
      throw unsupported(`${method} is not supported on this path`, Object.keys(methods));
    if (!isRepositoryName(name)) {
      throw new RegistryError(400, 'NAME_INVALID', `'${name}' is not a repository name`);
    }
    await handler({
      ...asked,
      repository: model.repositories.get(name),
      query: url.searchParams,
      reference: decode(reference),
    });
    return;
  }
  throw new RegistryError(404, 'UNSUPPORTED', `The registry has no path ${url.pathname}`);
}

function unsupported(message: string, allowed: readonly string[]): RegistryError {
  return new RegistryError(405, 'UNSUPPORTED', message, { allow: allowed.join(', ') });
}

/** Clients may send the colon of a digest as `%3A`. */
function decode(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}

function answerError(
  request: http.IncomingMessage,
  response: http.ServerResponse,
  error: unknown,
): void {
  const known = toRegistryError(error);
  if (response.headersSent || (request.destroyed && !request.complete)) {
    // Half an answer is out, or the client has gone: nobody is there to read an error.
    response.destroy();
    return;
  }
  const message = known?.message ?? `The registry failed: ${String(error)}`;
  const body = JSON.stringify({
    errors: [{ code: known?.code ?? 'UNKNOWN', message, detail: {} }],
  });
  // A client that still sends a body we will not read would otherwise block the connection.
  if (!request.complete) response.setHeader('connection', 'close');
  response.writeHead(known?.status ?? 500, {
    ...known?.headers,
    'content-type': 'application/json',
    'content-length': Buffer.byteLength(body),
  });
  response.end(request.method === 'HEAD' ? undefined : body);
}
