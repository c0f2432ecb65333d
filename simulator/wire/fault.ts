import { AwsError } from '../core/aws-error.ts';
import type { ErrorSchema, ServiceSchemas } from './service-schemas.ts';

/** An error as a protocol renders it. */
export interface Fault {
  readonly code: string;
  readonly message: string;
  readonly status: number;
  readonly sender: boolean;
  readonly members: Readonly<Record<string, unknown>>;
  readonly headers?: Readonly<Record<string, string>>;
  /** Undefined for codes that the service does not declare. */
  readonly schema: ErrorSchema | undefined;
}

/** Text of an exception that is the simulator's own fault; details go to its standard error. */
const internalMessage =
  'The simulator failed on this request; its standard error output says why (this is a bug in the simulator)';

/** Completes an exception with what the service's schema says about its code. */
export function toFault(error: unknown, schemas: ServiceSchemas | undefined): Fault {
  if (!(error instanceof AwsError)) {
    return {
      code: 'InternalFailure',
      message: internalMessage,
      status: 500,
      sender: false,
      members: {},
      schema: undefined,
    };
  }
  const schema = schemas?.error(error.code);
  const status = error.status ?? schema?.httpStatus ?? (schema?.fault === 'server' ? 500 : 400);
  return {
    code: error.code,
    message: error.message,
    status,
    sender: schema ? schema.fault === 'client' : status < 500,
    members: error.members,
    headers: error.headers,
    schema,
  };
}

/** The error's members with its message under the name that the shape uses (`message` or `Message`). */
export function faultMembers(fault: Fault): Record<string, unknown> {
  const names = fault.schema
    ? [...fault.schema.shape.structIterator()].map(([name]) => name)
    : ['message'];
  const messageName = names.find((name) => name.toLowerCase() === 'message') ?? 'message';
  return { [messageName]: fault.message, ...fault.members };
}
