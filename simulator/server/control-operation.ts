import type { Socket } from 'node:net';
import { z } from 'zod';
import type { SimulatorControl } from './control.ts';

/** A request that cannot be answered; its message is one line for the person at the terminal. */
export class ControlRefusal extends Error {
  override readonly name = 'ControlRefusal';
  readonly status: number;

  constructor(message: string, status = 400) {
    super(message);
    this.status = status;
  }
}

export interface ControlRequest<Body, Query> {
  readonly control: SimulatorControl;
  readonly body: Body;
  readonly query: Query;
  /** The `{id}` of the path. */
  readonly id: string;
  readonly socket: Socket;
}

/** What an operation answers with when it is not JSON. */
export interface TextAnswer {
  readonly contentType: string;
  readonly text: string;
}

/** One operation of the control API, as `GET /_greengate/` shows it. */
export interface ControlOperation {
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  /** Below `/_greengate/`; a segment may be `{id}`. */
  readonly path: string;
  readonly summary: string;
  readonly body?: z.ZodType;
  readonly query?: z.ZodType;
  readonly example?: unknown;
  /** Whether virtual time waits for it; not for operations that let time pass. */
  readonly holdsClock: boolean;
  run(request: ControlRequest<unknown, unknown>): unknown;
}

const nothing = z.strictObject({});

/** Declares an operation; its handler gets the body and the query as their schemas read them. */
export function controlOperation<
  Body extends z.ZodType = typeof nothing,
  Query extends z.ZodType = typeof nothing,
>(
  name: `${ControlOperation['method']} ${string}`,
  summary: string,
  options: { body?: Body; query?: Query; example?: unknown; holdsClock?: boolean },
  run: (request: ControlRequest<z.output<Body>, z.output<Query>>) => unknown,
): ControlOperation {
  const [method, path] = name.split(' ') as [ControlOperation['method'], string];
  return {
    method,
    path,
    summary,
    ...(options.body && { body: options.body }),
    ...(options.query && { query: options.query }),
    ...(options.example !== undefined && { example: options.example }),
    holdsClock: options.holdsClock ?? true,
    run: (request) => run(request as ControlRequest<z.output<Body>, z.output<Query>>),
  };
}

/** Reads a body or a query; throws ControlRefusal with one line that names the member. */
export function readMembers(schema: z.ZodType | undefined, value: unknown, what: string): unknown {
  const read = (schema ?? nothing).safeParse(value);
  if (read.success) return read.data;
  const [issue] = read.error.issues;
  throw new ControlRefusal(issue ? describeIssue(issue, what) : `The ${what} is not valid`);
}

function describeIssue(issue: z.core.$ZodIssue, what: string): string {
  const at = issue.path.join('.');
  if (issue.code === 'unrecognized_keys') {
    const names = issue.keys.map((key) => `"${at ? `${at}.` : ''}${key}"`).join(', ');
    return `The ${what} has no member ${names}`;
  }
  return at === ''
    ? `The ${what}: ${issue.message}`
    : `Member "${at}" of the ${what}: ${issue.message}`;
}
