import validate from 'asl-validator';
import { jsonataExpression } from '../query/jsonata-expression.ts';
import { type Diagnostic, problem } from './diagnostic.ts';
import { isObject } from './located-states.ts';

/** Fields that AWS lets be any JSON, where asl-validator wants an object or an expression. */
const anyJson = new Set(['Output', 'Arguments']);
/** The same of JSONPath; what they hold must not be taken for states. */
const anyPayload = new Set(['Result', 'Parameters', 'ResultSelector', 'ItemSelector']);
/** Checked by rules of our own: its schema of them is older than AWS's. */
const leftOut =
  /^(ItemReader|ItemBatcher|ResultWriter|ItemsPath|Label|ToleratedFailure(Count|Percentage)(Path)?)$/;
const stateReferences = new Set(['StartAt', 'Next', 'Default']);
/** Names of fields that asl-validator looks for at any depth, so that states of that name confuse it. */
const confusing = /^(States|Branches|Choices|ItemProcessor|Iterator|ItemReader|ItemBatcher)$/;
const mark = '\u200b';

/** Fields, transitions and reachability, as asl-validator sees them. */
export function checkStructure(definition: object): Diagnostic[] {
  const { errors } = validate(simplified(definition) as object, {
    checkPaths: false,
    checkArn: false,
  });
  return errors.map((error) => {
    const location = error.schemaError?.instancePath ?? '/';
    return problem(error['Error code'], unmarked(error.Message), unmarked(location));
  });
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
  const kept = Object.entries(value).filter(([key]) => !leftOut.test(key));
  return Object.fromEntries(
    kept.map(([key, inner]) => {
      if (anyJson.has(key)) return [key, '{% $x %}'];
      if (anyPayload.has(key)) return [key, {}];
      if (key === 'Assign' && isObject(inner)) return [key, mapKeys(inner, () => 1)];
      if (key === 'States' && isObject(inner)) return [key, mapKeys(inner, simplified)];
      if (stateReferences.has(key) && typeof inner === 'string') return [key, marked(inner)];
      return [key, simplified(inner)];
    }),
  );
}

function mapKeys(named: object, map: (value: unknown) => unknown): object {
  return Object.fromEntries(
    Object.entries(named).map(([name, value]) => [marked(name), map(value)]),
  );
}

function marked(name: string): string {
  return confusing.test(name) ? `${name}${mark}` : name;
}

/** The validator numbers machines that have no name. */
function unmarked(text: string): string {
  return text.replaceAll(mark, '').replace(/^State machine fsm\d+ is/, 'State machine is');
}
