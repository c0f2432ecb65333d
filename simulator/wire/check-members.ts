import type { NormalizedSchema } from '@smithy/core/schema';
import { AwsError } from '../core/aws-error.ts';
import type { WireOperation } from './operation.ts';
import type { ServiceDescription } from './service-description.ts';
import type { OperationSchema, ServiceSchemas } from './service-schemas.ts';

/** Paths of required members that are absent; the seventh slot of a structure counts its required ones. */
export function missingMembers(schema: NormalizedSchema, value: unknown, at = ''): string[] {
  if (value === null || value === undefined) return [];
  if (schema.isStructSchema()) {
    const record = value as Record<string, unknown>;
    const missing: string[] = [];
    const required = requiredCount(schema);
    let index = 0;
    for (const [name, member] of schema.structIterator()) {
      const path = `${at}${name}`;
      const given = record[name] !== null && record[name] !== undefined;
      if (given) missing.push(...missingMembers(member, record[name], `${path}.`));
      else if (index < required) missing.push(path);
      index++;
    }
    return missing;
  }
  if (schema.isListSchema() && Array.isArray(value)) {
    const item = schema.getValueSchema();
    if (!item.isStructSchema()) return [];
    return value.flatMap((entry, index) =>
      missingMembers(item, entry, `${at}${index + 1}.member.`),
    );
  }
  return [];
}

/** How many leading members of a structure are required. */
export function requiredCount(schema: NormalizedSchema): number {
  const raw: unknown = schema.getSchema();
  const count: unknown = Array.isArray(raw) ? raw[6] : 0;
  return typeof count === 'number' ? count : 0;
}

/** CodeDeploy's members whose error has another name than their own [model: errors of the operations]. */
const codedeployNames: Readonly<Record<string, string>> = {
  applicationNames: 'ApplicationName',
  currentDeploymentGroupName: 'DeploymentGroupName',
  deploymentGroupNames: 'DeploymentGroupName',
  deploymentIds: 'DeploymentId',
  revisions: 'Revision',
  serviceRoleArn: 'Role',
  TagKeys: 'Tag',
  Tags: 'Tag',
  targetId: 'DeploymentTargetId',
  targetIds: 'DeploymentTargetId',
};

function requiredError(service: ServiceDescription, member: string): string {
  const renamed = service.name === 'codedeploy' ? codedeployNames[member] : undefined;
  return `${renamed ?? `${member.charAt(0).toUpperCase()}${member.slice(1)}`}RequiredException`;
}

/** The service's own refusal of an input without its required members. */
export function missingMembersError(
  missing: readonly string[],
  service: ServiceDescription,
  schemas: ServiceSchemas,
): AwsError {
  const [first = ''] = missing;
  // CodeDeploy has an error per required member, e.g. DeploymentIdRequiredException.
  const own = requiredError(service, first);
  if (schemas.error(own)) return new AwsError(own, `The ${first} parameter is required`);
  if (service.name === 'sqs') {
    return new AwsError('MissingParameter', `The request must contain the parameter ${first}.`);
  }
  if (service.name === 'ec2') {
    return new AwsError('MissingParameter', `The request must contain the parameter ${first}`);
  }
  const count = missing.length === 1 ? '1 validation error' : `${missing.length} validation errors`;
  const list = missing.map(
    (path) => `Value null at '${path}' failed to satisfy constraint: Member must not be null`,
  );
  return new AwsError(service.validationCode, `${count} detected: ${list.join('; ')}`);
}

/** Refuses, by name, members with a meaning that the operation does not model. */
export function refuseUnmodelled(
  input: Readonly<Record<string, unknown>>,
  operation: WireOperation,
  describe: (subject: string) => AwsError,
): void {
  for (const [name, value] of Object.entries(input)) {
    if (!operation.members.includes(name) && hasMeaning(value)) throw describe(name);
  }
}

/** Terraform and old clients send empty strings and lists for members that are not set. */
export function hasMeaning(value: unknown): boolean {
  if (value === null || value === undefined || value === '') return false;
  if (Array.isArray(value)) return value.length > 0;
  if (value instanceof Date || value instanceof Uint8Array) return true;
  return typeof value !== 'object' || Object.keys(value).length > 0;
}

/** The refusal of an operation, member or parameter that exists on AWS but not here. */
export function notSimulated(service: ServiceDescription, subject: string): AwsError {
  return new AwsError(
    'NotImplemented',
    `${subject} is not simulated; simulator/COVERAGE.md lists what is`,
    { status: service.rest === 'xml' ? 501 : 400 },
  );
}

/** `ecs:RunTask`, as messages name an operation. */
export function operationLabel(
  service: ServiceDescription,
  operation: Pick<OperationSchema, 'name'>,
): string {
  return `${service.name}:${operation.name}`;
}
