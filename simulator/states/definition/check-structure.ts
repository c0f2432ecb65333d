import validate from 'asl-validator';
import { jsonataExpression } from '../query/jsonata-expression.ts';
import { type Diagnostic, problem } from './diagnostic.ts';
import { isObject } from './located-states.ts';

/** Fields that AWS lets be any JSON, where asl-validator wants an object or an expression. */
const anyJson = new Set(['Output', 'Arguments', 'ItemSelector']);

/** Fields, transitions and reachability, as asl-validator sees them. */
export function checkStructure(definition: object): Diagnostic[] {
  const { errors } = validate(simplified(definition) as object, {
    checkPaths: false,
    checkArn: false,
  });
  return errors.map((error) =>
    problem(error['Error code'], error.Message, error.schemaError?.instancePath ?? '/'),
  );
}

/**
 * A copy in which expressions and free-form values are ones that asl-validator takes: it refuses line
 * breaks inside `{% … %}`, empty strings and plain values, all of which AWS accepts. Their contents
 * are checked elsewhere.
 */
function simplified(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(simplified);
  if (typeof value === 'string') {
    return jsonataExpression(value) === undefined ? value : '{% $x %}';
  }
  if (!isObject(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]) => {
      if (anyJson.has(key)) return [key, '{% $x %}'];
      if (key === 'Assign' && isObject(inner)) {
        return [key, Object.fromEntries(Object.keys(inner).map((name) => [name, 1]))];
      }
      return [key, simplified(inner)];
    }),
  );
}
