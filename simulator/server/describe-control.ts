import { z } from 'zod';
import type { ControlOperation } from './control-operation.ts';

/** The self-description of the control API, for people with curl and for programs. */
export function describeControl(operations: readonly ControlOperation[]): object {
  return {
    description:
      'Control API of the Greengate simulator; bodies and answers are JSON, errors are {"message"}',
    operations: operations.map(({ method, path, summary, body, query, example }) => ({
      operation: `${method} /_greengate/${path}`,
      summary,
      ...(query && { query: schemaOf(query) }),
      ...(body && { body: schemaOf(body) }),
      ...(example !== undefined && { example }),
    })),
  };
}

/** As JSON Schema, of what a client sends. */
function schemaOf(schema: z.ZodType): object {
  const { $schema, ...rest } = z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' });
  return rest;
}
