import type { IncomingMessage, ServerResponse } from 'node:http';
import { AwsError } from '../core/aws-error.ts';
import { Ids } from '../core/ids.ts';
import type { World } from '../core/world.ts';
import { ConnectionDropped, callWithFaults } from '../faults/faulty-call.ts';
import { type AccessControl, openAccess } from './access-control.ts';
import { CallHold } from './call-hold.ts';
import { withCheckedErrors } from './check-error.ts';
import { notSimulated, operationLabel, refuseUnmodelled } from './check-members.ts';
import { checkOutput } from './check-output.ts';
import { validateInput } from './constraints/validate-input.ts';
import { toFault } from './fault.ts';
import type { WireRequest, WireResponse } from './message.ts';
import type { CallContext, WireOperation, WireService } from './operation.ts';
import { checkPresignedUrl } from './presigned-url.ts';
import { readBody, readHead } from './read-request.ts';
import { refuseReservedTags } from './reserved-tags.ts';
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
  // A sequence of their own: what resources are called must not hang on how often somebody looked.
  const requestIds = new Ids(world.random.derive('request ids'));
  return async (request, response) => {
    const hold = new CallHold(world.clock, `API request ${request.method} ${request.url}`);
    const desk = { world, registry, access, hold };
    try {
      const answer = await answerRequest(desk, request, requestIds.uuid());
      send(answer, request, response);
    } catch (error) {
      if (!(error instanceof ConnectionDropped)) report(error);
      response.destroy();
    } finally {
      hold.end();
    }
  };
}

interface Desk {
  readonly world: World;
  readonly registry: ServiceRegistry;
  readonly access: AccessControl;
  readonly hold: CallHold;
}

async function answerRequest(
  desk: Desk,
  incoming: IncomingMessage,
  requestId: string,
): Promise<WireResponse> {
  const { world, registry, access } = desk;
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
    if (world.settings.refuseExpiredUrls && route.service?.description.name === 's3') {
      checkPresignedUrl(request.query, world.clock.now());
    }
    request = await readBody(request, incoming, route.service?.description.rest === 'xml');
    // The form of a Query request is in its body, so that only now it can be routed.
    route = routeRequest(request, signature, registry);
    response = await call(desk, route, request, context);
  } catch (error) {
    if (error instanceof ConnectionDropped) {
      recordCall(world, route, context, error.name);
      throw error;
    }
    if (!(error instanceof AwsError)) report(error);
    const fault = toFault(error, route?.service?.schemas);
    errorCode = fault.code;
    const { protocol } = route ?? routeRequest(readHead(incoming), signature, registry);
    response = protocol.writeFault(fault, requestId, request);
  }
  recordCall(world, route, context, errorCode);
  return response;
}

function recordCall(
  world: World,
  route: Route | undefined,
  { caller }: CallContext,
  errorCode: string | undefined,
): void {
  world.journal.record('api.called', {
    service: route?.service?.description.name ?? 'unknown',
    operation: route?.operationName ?? 'unknown',
    caller: caller.name,
    ...(errorCode === undefined ? {} : { errorCode }),
  });
}

async function call(
  { world, access, hold }: Desk,
  route: Route,
  request: WireRequest,
  context: CallContext,
): Promise<WireResponse> {
  const { caller, sourceIp } = context;
  const { service, protocol } = route;
  const found = service && findOperation(service, route.operationName);
  if (!service || !found) throw refuseRoute(route, request);
  const { schema, operation } = found;
  access.authenticate(caller, service.description.name);
  world.quotas.admit(service.description.name, schema.name);
  const { input, unknown } = protocol.readInput(request, schema);
  const label = operationLabel(service.description, schema);
  const refuse = (member: string) =>
    notSimulated(service.description, `Member ${member} of ${label}`);
  const [stranger] = unknown;
  if (stranger !== undefined) throw refuse(stranger);
  refuseUnmodelled(input, operation, refuse);
  const invalid = validateInput(service, schema, input);
  if (invalid) throw invalid;
  const reserved = refuseReservedTags(service.description.name, input);
  if (reserved) throw reserved;
  access.authorize({
    caller,
    service: service.description.name,
    operation: schema.name,
    input,
    sourceIp,
  });
  const faulty = {
    service: service.description.name,
    signingName: service.description.signingName,
    operation: schema.name,
    caller,
    unheld: (wait: () => Promise<void>) => hold.without(wait),
  };
  const output = await callWithFaults(world, faulty, () => {
    if (operation.holdsClock === false) hold.end();
    const handle = () => operation.handle(input as never, context);
    return world.settings.checkResponses
      ? withCheckedErrors(service, schema.name, handle)
      : handle();
  });
  const answer = (output ?? {}) as object;
  if (world.settings.checkResponses) checkOutput(service, schema, answer);
  return protocol.writeOutput(schema, answer, context.requestId);
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
