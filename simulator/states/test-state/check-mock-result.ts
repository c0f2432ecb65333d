import type { MockResponseValidationMode } from '@aws-sdk/client-sfn';
import type { NormalizedSchema } from '@smithy/core/schema';
import { AwsError } from '../../core/aws-error.ts';
import {
  loadConstraints,
  type ServiceConstraints,
  type ShapeConstraints,
} from '../../wire/constraints/constraint-file.ts';
import type { ServiceName } from '../../wire/operation.ts';
import { loadServiceSchemas } from '../../wire/service-schemas.ts';
import { isObject } from '../definition/located-states.ts';
import { parseResource } from '../integrations/resource.ts';
import { pascal } from '../integrations/sdk/parameter-casing.ts';
import { sdkServices } from '../integrations/sdk/sdk-services.ts';

/** Optimized integrations by the SDK's names of their services. */
const optimizedServices: Readonly<Record<string, ServiceName>> = {
  ecs: 'ecs',
  events: 'eventbridge',
  lambda: 'lambda',
  sns: 'sns',
  sqs: 'sqs',
  states: 'sfn',
};

interface Walk {
  readonly constraints: ServiceConstraints;
  readonly strict: boolean;
}

/**
 * Holds a mocked result against the answer of the API that the Task calls: types, enumerated values and
 * bounds of what is there, with STRICT also what must be there. Fields that the API does not know may be
 * there (recorded AWS answers). Throws ValidationException.
 */
export function checkMockResult(
  resourceText: string,
  result: unknown,
  mode: MockResponseValidationMode,
): void {
  const resource = parseResource(resourceText);
  // A function and an activity answer what they like; jobs and callbacks are answered by others.
  if (
    mode === 'NONE' ||
    !resource ||
    resource.kind === 'function' ||
    resource.kind === 'activity'
  ) {
    return;
  }
  if (resource.pattern !== 'request') return;
  const service =
    resource.kind === 'aws-sdk'
      ? sdkServices[resource.service]?.name
      : optimizedServices[resource.service];
  if (service === undefined) return;
  const operation = pascal(resource.action);
  const schema = loadServiceSchemas(service).operations.get(operation)?.output;
  const constraints = loadConstraints(service);
  if (!schema || !constraints) return;
  const shape = constraints.operations[operation]?.output;
  // The optimized integration shows the payload parsed.
  const payload = resource.kind === 'optimized' && service === 'lambda' ? 'Payload' : undefined;
  const { [payload ?? '']: _, ...checked } = isObject(result) ? result : {};
  if (!isObject(result)) throw misfit('Mock result must be an object');
  checkStructure(schema, shape, checked, { constraints, strict: mode === 'STRICT' });
}

function checkStructure(
  schema: NormalizedSchema,
  shape: string | undefined,
  value: Readonly<Record<string, unknown>>,
  walk: Walk,
): void {
  const { required = [], members = {} } = walk.constraints.shapes[shape ?? ''] ?? {};
  for (const name of walk.strict ? required : []) {
    if (value[pascal(name)] === undefined) {
      throw misfit(`Required field '${pascal(name)}' is missing`);
    }
  }
  for (const [name, member] of schema.structIterator()) {
    const inner = value[pascal(name)];
    if (inner !== undefined && inner !== null) {
      checkValue(member, members[name], inner, pascal(name), walk);
    }
  }
}

function checkValue(
  schema: NormalizedSchema,
  shape: string | undefined,
  value: unknown,
  field: string,
  walk: Walk,
): void {
  if (schema.isDocumentSchema()) return;
  const constraint = walk.constraints.shapes[shape ?? ''];
  if (schema.isStructSchema()) {
    if (!isObject(value)) throw misfit(`Field '${field}' must be an object`);
    checkStructure(schema, shape, value, walk);
  } else if (schema.isListSchema()) {
    if (!Array.isArray(value)) throw misfit(`Field '${field}' must be an array`);
    const item = schema.getValueSchema();
    for (const one of value) checkValue(item, constraint?.item, one, field, walk);
  } else if (schema.isMapSchema()) {
    if (!isObject(value)) throw misfit(`Field '${field}' must be an object`);
    const inner = schema.getValueSchema();
    for (const [key, one] of Object.entries(value)) {
      checkValue(inner, constraint?.value, one, key, walk);
    }
  } else checkScalar(schema, constraint ?? {}, value, field);
}

/** Dates and bytes are texts to a state machine. */
function checkScalar(
  schema: NormalizedSchema,
  constraint: ShapeConstraints,
  value: unknown,
  field: string,
): void {
  const must = (fits: boolean, what: string) => {
    if (!fits) throw misfit(`Field '${field}' ${what}`);
  };
  if (schema.isBooleanSchema()) {
    must(typeof value === 'boolean', 'must be a boolean');
  } else if (schema.isNumericSchema()) {
    must(typeof value === 'number', 'must be a number');
    const [least, most] = constraint.range ?? [null, null];
    must(least === null || Number(value) >= least, 'is less than the minimum value');
    must(most === null || Number(value) <= most, 'exceeds the maximum value');
  } else {
    if (typeof value !== 'string') throw misfit(`Field '${field}' must be a string`);
    must(!constraint.enum || constraint.enum.includes(value), 'is not an expected value');
    const [shortest, longest] = constraint.length ?? [null, null];
    must(shortest === null || value.length >= shortest, 'is smaller than the minimum length');
    must(longest === null || value.length <= longest, 'exceeds the maximum length');
  }
}

function misfit(problem: string): AwsError {
  return new AwsError('ValidationException', `Mock result schema validation error: ${problem}`);
}
