import { randomUUID } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { AwsError } from '../core/aws-error.ts';
import type { World } from '../core/world.ts';
import { type AccessControl, openAccess } from './access-control.ts';
import {
  missingMembers,
  missingMembersError,
  notSimulated,
  operationLabel,
  refuseUnmodelled,
} from './check-members.ts';
import { toFault } from './fault.ts';
import type { WireRequest, WireResponse } from './message.ts';
import type { CallContext, WireOperation, WireService } from './operation.ts';
import { readBody, readHead } from './read-request.ts';
import { type Route, refuseRoute, routeRequest } from './route-request.ts';
import { type RegisteredService, ServiceRegistry } from './service-registry.ts';
import type { OperationSchema } from './service-schemas.ts';
import { readSignature } from './signature.ts';

export type WireHandler = (request: IncomingMessage, response: ServerResponse) => Promise<void>;

/**
 * Answers the AWS protocols for the given services: awsJson1.0 and 1.1, awsQuery, restJson1, restXml and
 * rpcv2Cbor. The handler never rejects: whatever goes wrong becomes an error of the request's protocol. Without
 * access control every call is the administrator's.
 */
export function createWireHandler(
  world: World,
  services: readonly WireService[],
  access: AccessControl = openAccess,
): WireHandler {
  const registry = new ServiceRegistry(services);
  return async (request, response) => {
    // Time stands still while a request is in flight, from its first byte to its answer (design D11).
    const release = world.clock.hold(`API request ${request.method} ${request.url}`);
    try {
      const answer = await answerRequest({ world, registry, access }, request, release);
      send(answer, request, response);
    } catch (error) {
      report(error);
      response.destroy();
    } finally {
      release();
    }
  };
}

interface Desk {
  readonly world: World;
  readonly registry: ServiceRegistry;
  readonly access: AccessControl;
}

async function answerRequest(
  { world, registry, access }: Desk,
  incoming: IncomingMessage,
  release: () => void,
): Promise<WireResponse> {
  const requestId = randomUUID();
  let request = readHead(incoming);
  const signature = readSignature(request.headers, request.query);
  const context: CallContext = {
    caller: access.identify(signature),
    requestId,
    sourceIp: incoming.socket.remoteAddress,
  };
  let route: Route | undefined;
  let errorCode: string | undefined;
  let response: WireResponse;
  try {
    route = routeRequest(request, signature, registry);
    request = await readBody(request, incoming, route.service?.description.rest === 'xml');
    // The form of a Query request is in its body, so that only now it can be routed.
    route = routeRequest(request, signature, registry);
    response = await call(route, request, { ...context, access, release });
  } catch (error) {
    if (!(error instanceof AwsError)) report(error);
    const fault = toFault(error, route?.service?.schemas);
    errorCode = fault.code;
    const { protocol } = route ?? routeRequest(readHead(incoming), signature, registry);
    response = protocol.writeFault(fault, requestId, request);
  }
  world.journal.record('api.called', {
    service: route?.service?.description.name ?? 'unknown',
    operation: route?.operationName ?? 'unknown',
    caller: context.caller.name,
    ...(errorCode === undefined ? {} : { errorCode }),
  });
  return response;
}

async function call(
  route: Route,
  request: WireRequest,
  context: CallContext & { readonly access: AccessControl; readonly release: () => void },
): Promise<WireResponse> {
  const { access, caller, release, sourceIp } = context;
  const { service, protocol } = route;
  const found = service && findOperation(service, route.operationName);
  if (!found) throw refuseRoute(route, request);
  const { schema, operation } = found;
  access.authenticate(caller, service.description.name);
  const { input, unknown } = protocol.readInput(request, schema);
  const label = operationLabel(service.description, schema);
  const refuse = (member: string) =>
    notSimulated(service.description, `Member ${member} of ${label}`);
  const [stranger] = unknown;
  if (stranger !== undefined) throw refuse(stranger);
  refuseUnmodelled(input, operation, refuse);
  const missing = missingMembers(schema.input, input);
  if (missing.length > 0) throw missingMembersError(missing, service.description, service.schemas);
  access.authorize({
    caller,
    service: service.description.name,
    operation: schema.name,
    input,
    sourceIp,
  });
  if (operation.holdsClock === false) release();
  const output: unknown = await operation.handle(input as never, context);
  return protocol.writeOutput(schema, (output ?? {}) as object, context.requestId);
}

function findOperation(
  service: RegisteredService,
  name: string | undefined,
): { schema: OperationSchema; operation: WireOperation } | undefined {
  const operations = service.simulated?.operations ?? {};
  if (name === undefined || !Object.hasOwn(operations, name)) return undefined;
  const operation = operations[name];
  const schema = service.schemas.operations.get(name);
  return operation && schema ? { schema, operation } : undefined;
}

function send(answer: WireResponse, request: IncomingMessage, response: ServerResponse): void {
  const body = Buffer.from(answer.body);
  const headers: Record<string, string> = { ...answer.headers };
  // A HEAD answer states the length of the object that it does not send.
  const sized = request.method !== 'HEAD' && answer.status !== 204 && answer.status !== 304;
  if (sized) headers['content-length'] = String(body.length);
  // What remains of a refused upload is not read: the connection ends with the answer.
  if (!request.complete) headers.connection = 'close';
  response.writeHead(answer.status, headers);
  response.end(body, () => {
    if (!request.complete) request.destroy();
  });
}

function report(error: unknown): void {
  const text = error instanceof Error ? (error.stack ?? error.message) : String(error);
  process.stderr.write(`simulator: unexpected failure of an API request\n${text}\n`);
}
