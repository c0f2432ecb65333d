import { AwsError } from '../core/aws-error.ts';
import { cborProtocol } from './cbor-protocol.ts';
import { jsonProtocol } from './json-protocol.ts';
import type { WireRequest } from './message.ts';
import type { Protocol } from './protocol.ts';
import { queryProtocol } from './query-protocol.ts';
import { restJsonProtocol } from './rest-json-protocol.ts';
import { restXmlProtocol } from './rest-xml-protocol.ts';
import { pathStyle } from './s3-address.ts';
import type { RegisteredService, ServiceRegistry } from './service-registry.ts';
import type { Signature } from './signature.ts';

/** Where a request goes. Without `service` the request names none that the engine knows. */
export interface Route {
  readonly protocol: Protocol;
  readonly service: RegisteredService | undefined;
  /** As the request names it; undefined when a REST request fits no template. */
  readonly operationName: string | undefined;
  /** How the request names its service, for the refusal of an unknown one. */
  readonly serviceHint: string;
}

/** Tells protocol, service and operation from a complete request. */
export function routeRequest(
  request: WireRequest,
  signature: Signature | undefined,
  registry: ServiceRegistry,
): Route {
  return (
    routeByTarget(request, registry) ??
    routeByCborPath(request, registry) ??
    routeByForm(request, signature, registry) ??
    routeByPath(request, signature, registry)
  );
}

function routeByTarget(request: WireRequest, registry: ServiceRegistry): Route | undefined {
  const target = request.headers['x-amz-target'];
  if (target === undefined) return undefined;
  const dot = target.lastIndexOf('.');
  const service = registry.byTarget(target.slice(0, Math.max(0, dot)));
  const version = request.headers['content-type']?.includes('json-1.0') ? '1.0' : '1.1';
  return {
    protocol: jsonProtocol(version, service?.description),
    service,
    operationName: target.slice(dot + 1),
    serviceHint: target,
  };
}

function routeByCborPath(request: WireRequest, registry: ServiceRegistry): Route | undefined {
  const match = /^\/service\/(\w+)\/operation\/(\w+)$/.exec(request.path);
  const [, target = '', operationName = ''] = match ?? [];
  if (!match) return undefined;
  const service = registry.byTarget(target);
  return {
    protocol: cborProtocol(service?.description),
    service,
    operationName,
    serviceHint: target,
  };
}

function routeByForm(
  request: WireRequest,
  signature: Signature | undefined,
  registry: ServiceRegistry,
): Route | undefined {
  const isForm =
    request.method === 'POST' &&
    /^\s*application\/x-www-form-urlencoded/i.test(request.headers['content-type'] ?? '');
  const form = isForm ? new URLSearchParams(request.body.toString('utf8')) : request.query;
  const action = form.get('Action') ?? undefined;
  const scoped = registry.bySigningName(signature?.service);
  if (action === undefined && (!isForm || scoped?.description.rest)) return undefined;
  const version = form.get('Version') ?? undefined;
  const service =
    registry.byQueryVersion(version) ?? (scoped?.description.queryVersion ? scoped : undefined);
  return {
    protocol: queryProtocol(service?.description),
    service,
    operationName: action,
    serviceHint: `API version ${version}`,
  };
}

function routeByPath(
  request: WireRequest,
  signature: Signature | undefined,
  registry: ServiceRegistry,
): Route {
  const scoped = registry.bySigningName(signature?.service);
  const known = scoped?.description.rest ? scoped : undefined;
  // Unsigned requests: Lambda's paths start with the date of an API version, all else is S3.
  const service =
    known ??
    (signature?.service === undefined
      ? registry.byName(/^\/20\d\d-\d\d-\d\d\//.test(request.path) ? 'lambda' : 's3')
      : undefined);
  const simulated = service?.simulated?.operations ?? {};
  const isS3 = service?.description.rest === 'xml';
  const path = isS3 ? pathStyle(request.path, request.headers.host) : request.path;
  const match = service?.routes.match({ ...request, path }, (name) =>
    Object.hasOwn(simulated, name),
  );
  const labels = match?.labels ?? {};
  return {
    protocol: isS3 ? restXmlProtocol(labels, service?.description) : restJsonProtocol(labels),
    service,
    operationName: match?.operation.name,
    serviceHint: signature?.service ?? request.path,
  };
}

/** The refusal of a request whose service or operation AWS itself would not know, or that is not simulated. */
export function refuseRoute(route: Route, request: WireRequest): AwsError {
  const { service, operationName } = route;
  const lists = 'simulator/COVERAGE.md lists what is';
  if (!service) {
    return new AwsError(
      'UnknownOperationException',
      `No simulated service answers to ${route.serviceHint} (${operationName ?? `${request.method} ${request.path}`}); ${lists}`,
    );
  }
  const { name, rest } = service.description;
  const label = `${name}:${operationName ?? `${request.method} ${request.path}`}`;
  const onAws = operationName !== undefined && service.schemas.operations.has(operationName);
  if (onAws) {
    return new AwsError('NotImplemented', `Operation ${label} is not simulated; ${lists}`, {
      status: rest === 'xml' ? 501 : 400,
    });
  }
  const code = service.description.queryVersion ? 'InvalidAction' : 'UnknownOperationException';
  return new AwsError(code, `AWS has no operation ${label} that the simulator knows; ${lists}`, {
    status: rest ? 404 : 400,
  });
}
