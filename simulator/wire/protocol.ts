import type { Fault } from './fault.ts';
import type { WireRequest, WireResponse } from './message.ts';
import type { ServiceDescription } from './service-description.ts';
import type { OperationSchema } from './service-schemas.ts';

/** One AWS wire protocol, seen from the server. */
export interface Protocol {
  /** Throws AwsError when the request cannot be read as the operation's input. */
  readInput(request: WireRequest, operation: OperationSchema): InputFields;
  writeOutput(operation: OperationSchema, output: object, requestId: string): WireResponse;
  writeFault(fault: Fault, requestId: string, request: WireRequest): WireResponse;
}

export interface InputFields {
  readonly input: Record<string, unknown>;
  /** Fields of the request that have no place in the operation's input. */
  readonly unknown: readonly string[];
}

export type ProtocolFactory = (service: ServiceDescription | undefined) => Protocol;
