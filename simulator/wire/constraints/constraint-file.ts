import { readFileSync } from 'node:fs';
import type { ServiceName } from '../operation.ts';

/** Lowest and highest, both allowed; null for none. */
export type Bounds = readonly [number | null, number | null];

/** What a model says of a shape's values, beyond their type. */
export interface ShapeConstraints {
  /** Structures: only members whose shapes say something. */
  readonly members?: Readonly<Record<string, string>>;
  readonly required?: readonly string[];
  /** Lists. */
  readonly item?: string;
  /** Maps. */
  readonly key?: string;
  readonly value?: string;
  readonly enum?: readonly string[];
  /** Of texts, blobs, lists and maps. */
  readonly length?: Bounds;
  /** Of numbers. */
  readonly range?: Bounds;
  /** A Java regular expression that the whole text must match. */
  readonly pattern?: string;
  /** The value is left out of messages. */
  readonly sensitive?: boolean;
}

export interface OperationConstraints {
  readonly input?: string;
  readonly output?: string;
  /** Shape names of the errors that the operation declares. */
  readonly errors: readonly string[];
}

/** One file of `generated/`. */
export interface ServiceConstraints {
  readonly origin: string;
  readonly operations: Readonly<Record<string, OperationConstraints>>;
  readonly shapes: Readonly<Record<string, ShapeConstraints>>;
  /** Codes of errors whose code is not their shape's name. */
  readonly errorCodes: Readonly<Record<string, string>>;
}

/** Reads a service's file, some milliseconds for the largest; callers keep the answer. */
export function loadConstraints(name: ServiceName): ServiceConstraints {
  const file = new URL(`generated/${name}.json`, import.meta.url);
  return JSON.parse(readFileSync(file, 'utf8')) as ServiceConstraints;
}
