import { AwsError } from '../../core/aws-error.ts';
import { missingMembers, missingMembersError } from '../check-members.ts';
import type { ServiceDescription } from '../service-description.ts';
import type { RegisteredService } from '../service-registry.ts';
import type { OperationSchema } from '../service-schemas.ts';
import type { Bounds } from './constraint-file.ts';
import { javaText } from './java-text.ts';
import {
  isLeftToOperation,
  type ValidationForm,
  type ValidationPolicy,
  validationPolicy,
} from './validation-policy.ts';
import { findViolations, type Violation } from './violations.ts';

/** What the service would refuse of an input before it looks at anything else; undefined for nothing. */
export function validateInput(
  { description, schemas, constraints }: RegisteredService,
  operation: OperationSchema,
  input: Readonly<Record<string, unknown>>,
): AwsError | undefined {
  const missing = missingMembers(operation.input, input);
  const policy = validationPolicy(description.name);
  const form = policy?.form;
  if (!policy || form !== 'framework') {
    if (missing.length > 0) return missingMembersError(missing, description, schemas);
    if (!policy) return undefined;
  }
  const shape = constraints.operations[operation.name]?.input;
  const broken = findViolations(constraints, shape, input).filter(
    (violation) => isChecked(violation, policy, operation.name) && !isUnset(violation, description),
  );
  if (missing.length + broken.length === 0) return undefined;
  if (form !== 'framework') return soleRefusal(form, broken[0] as Violation, description);
  const errors = [...missing.map(nullSentence), ...broken.map(sentence)];
  const count = errors.length === 1 ? '1 validation error' : `${errors.length} validation errors`;
  return new AwsError(description.validationCode, `${count} detected: ${errors.join('; ')}`);
}

function isChecked(violation: Violation, policy: ValidationPolicy, operation: string): boolean {
  const top = String(violation.path[0]);
  // ECS lists with other rules have texts of their own.
  if (policy.form === 'ecs' && violation.shape.enum === undefined) return false;
  if (policy.form === 'codedeploy' && !isLongName(violation)) return false;
  return policy.rules.includes(violation.rule) && !isLeftToOperation(policy, operation, top);
}

function isLongName({ path, value, shape }: Violation): boolean {
  const most = shape.length?.[1] ?? Number.MAX_SAFE_INTEGER;
  const name = path.length === 1 && /(application|group|config)name$/i.test(String(path[0]));
  return name && typeof value === 'string' && value.length > most;
}

/** Terraform and old clients send empty fields in forms for members that are not set. */
function isUnset({ value }: Violation, { queryVersion }: ServiceDescription): boolean {
  const empty = value === '' || (Array.isArray(value) && value.length === 0);
  return queryVersion !== undefined && empty;
}

function nullSentence(path: string): string {
  const at = path.split('.').map(lowerFirst).join('.');
  return `Value null at '${at}' failed to satisfy constraint: Member must not be null`;
}

function sentence({ value, path, sensitive, constraint }: Violation): string {
  const shown = sensitive ? 'Value' : `Value '${javaText(value)}'`;
  return `${shown} at '${memberPath(path)}' failed to satisfy constraint: ${constraint}`;
}

/** `tags.1.member.key`: the framework's own spelling, with small initials and list positions from 1. */
function memberPath(path: Violation['path']): string {
  return path
    .map((part) => (typeof part === 'number' ? `${part}.member` : lowerFirst(part)))
    .join('.');
}

function lowerFirst(name: string): string {
  return name.charAt(0).toLowerCase() + name.slice(1);
}

/** Services that name the first wrong member only. */
function soleRefusal(
  form: Exclude<ValidationForm, 'framework'> | undefined,
  violation: Violation,
  { validationCode }: ServiceDescription,
): AwsError {
  const { value, constraint, path, shape } = violation;
  const at = memberPath(path);
  if (form === 'ecr') {
    // github.com/trek10inc/ecr-cleaner issue 8, github.com/andrey-pohilko/registry-cli issue 79.
    return new AwsError(
      validationCode,
      `Invalid parameter at '${at}' failed to satisfy constraint: '${constraint}'`,
    );
  }
  if (form === 'codedeploy') {
    // One exception per name: InvalidApplicationNameException, InvalidDeploymentGroupNameException, …
    const name = lastName(path).replace(/^(new|current)(?=[A-Z])/, '');
    const words = spaced(name.charAt(0).toUpperCase() + name.slice(1));
    return new AwsError(
      `Invalid${name.charAt(0).toUpperCase()}${name.slice(1)}Exception`,
      `${words} must have 1 to ${shape.length?.[1]} characters: ${javaText(value)}`,
    );
  }
  if (form === 'ec2') {
    // github.com/aws/aws-sdk-ruby pull 2575.
    const hint = shape.range ? ` Expecting a value ${expectedRange(shape.range, value)}.` : '';
    return new AwsError(
      'InvalidParameterValue',
      `Value ( ${javaText(value)} ) for parameter ${at} is invalid.${hint}`,
    );
  }
  // After RunTask's `launch type should be one of [EC2,FARGATE,EXTERNAL]` (github.com/getmoto/moto pull 6161).
  return new AwsError(
    validationCode,
    `${spaced(lastName(path))} should be one of [${shape.enum?.join(',')}]`,
  );
}

/** `launchType` as `launch type`, `ApplicationName` as `Application name`. */
function spaced(name: string): string {
  return name.charAt(0) + name.slice(1).replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);
}

function expectedRange([least, most]: Bounds, value: unknown): string {
  return least !== null && Number(value) < least
    ? `greater than ${least}`
    : `between ${least ?? 0} and ${most}`;
}

function lastName(path: Violation['path']): string {
  return String(path.findLast((part) => typeof part === 'string') ?? '');
}
