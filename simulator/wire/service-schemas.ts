import { createRequire } from 'node:module';
import { NormalizedSchema } from '@smithy/core/schema';
import type { SchemaRef, SchemaTraitsObject } from '@smithy/types';
import type { ServiceName } from './operation.ts';

/** One operation of an SDK client's runtime schemas. */
export interface OperationSchema {
  readonly name: string;
  /** `[method, URI template, status]` for REST services. */
  readonly http: readonly [string, string, number] | undefined;
  readonly input: NormalizedSchema;
  readonly output: NormalizedSchema;
}

/** What clients know about one error shape. */
export interface ErrorSchema {
  readonly shape: NormalizedSchema;
  readonly name: string;
  /** Full shape id, e.g. `com.amazonaws.sqs#QueueDoesNotExist`. */
  readonly id: string;
  readonly fault: 'client' | 'server';
  readonly httpStatus: number | undefined;
  /** Code and status on the Query protocol, where they differ from the shape's name. */
  readonly query: readonly [string, number] | undefined;
}

/** Schemas of one service, read from its SDK client (ecosystem.md section 3). */
export interface ServiceSchemas {
  readonly operations: ReadonlyMap<string, OperationSchema>;
  /** Finds an error by shape name or by Query code. */
  error(code: string): ErrorSchema | undefined;
}

type OperationTuple = [9, string, string, SchemaTraitsObject | number, SchemaRef, SchemaRef];
type ErrorTuple = [-3, string, string, ErrorTraits | number, ...unknown[]];

interface ErrorTraits {
  readonly error?: 'client' | 'server';
  readonly httpError?: number;
  readonly awsQueryError?: readonly [string, number];
}

const load = createRequire(import.meta.url);

/** Loads one SDK client, which takes some milliseconds; callers keep the answer. */
export function loadServiceSchemas(name: ServiceName): ServiceSchemas {
  const shapes = Object.values(load(`@aws-sdk/client-${name}`) as Record<string, unknown>);
  const operations = new Map<string, OperationSchema>();
  const errors = new Map<string, ErrorSchema>();
  for (const shape of shapes) {
    if (!Array.isArray(shape)) continue;
    if (shape[0] === 9) {
      const operation = readOperation(shape as OperationTuple);
      operations.set(operation.name, operation);
    } else if (shape[0] === -3) {
      const error = readError(shape as ErrorTuple);
      errors.set(error.name, error);
      if (error.query && !errors.has(error.query[0])) errors.set(error.query[0], error);
    }
  }
  return { operations, error: (code) => errors.get(code) };
}

function readOperation([, , name, traits, input, output]: OperationTuple): OperationSchema {
  return {
    name,
    http: typeof traits === 'object' ? traits.http : undefined,
    input: NormalizedSchema.of(input),
    output: NormalizedSchema.of(output),
  };
}

function readError(tuple: ErrorTuple): ErrorSchema {
  const [, namespace, name, traits] = tuple;
  const known: ErrorTraits = typeof traits === 'object' ? traits : {};
  return {
    shape: NormalizedSchema.of(tuple as unknown as SchemaRef),
    name,
    id: `${namespace}#${name}`,
    fault: known.error === 'server' ? 'server' : 'client',
    httpStatus: known.httpError,
    query: known.awsQueryError,
  };
}
