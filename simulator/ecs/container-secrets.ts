import type { ContainerDefinition, Secret, TaskDefinition } from '@aws-sdk/client-ecs';
import { arn } from '../core/arns.ts';
import { AwsError } from '../core/aws-error.ts';
import type { World } from '../core/world.ts';
import { parseSecretReference, type SecretReference } from './secret-reference.ts';
import type { ExecutionRole } from './task-roles.ts';

const prefix =
  'ResourceInitializationError: unable to pull secrets or registry auth: execution resource retrieval failed: ';
const retried = 'service call has been retried 1 time(s): ';

/** Environment variables by container, from Secrets Manager and Parameter Store. */
export type ContainerSecrets = ReadonlyMap<ContainerDefinition, Readonly<Record<string, string>>>;

/**
 * Reads every secret of a task before its images are pulled, as Fargate does. Throws Error whose message is
 * the task's stopped reason (aws-facts 2.8).
 */
export function readContainerSecrets(
  world: World,
  document: TaskDefinition,
  role: ExecutionRole,
): ContainerSecrets {
  const containers = document.containerDefinitions ?? [];
  const references = (secrets: readonly Secret[]) =>
    secrets.map(({ name = '', valueFrom = '' }) => ({
      name,
      reference: parseSecretReference(valueFrom),
    }));
  const context = { world, role };
  checkParameters(
    context,
    containers.flatMap(({ secrets = [] }) => references(secrets).map((each) => each.reference)),
  );
  return new Map(
    containers.map((container) => [
      container,
      Object.fromEntries(
        references(container.secrets ?? []).map(({ name, reference }) => [
          name,
          read(context, reference),
        ]),
      ),
    ]),
  );
}

interface Context {
  readonly world: World;
  readonly role: ExecutionRole;
}

/** Parameters are read in one call, so that all missing ones are named together. */
function checkParameters(context: Context, references: readonly SecretReference[]): void {
  const { identity, services } = context.world;
  const parameters = references.flatMap((each) => (each.source === 'ssm' ? each.parameter : []));
  const refuse = (why: string) =>
    new Error(`${prefix}unable to retrieve secrets from ssm: ${retried}${why}`);
  for (const parameter of parameters) {
    const resource = parameter.startsWith('arn:')
      ? parameter
      : arn(identity, 'ssm', `parameter/${parameter.replace(/^\//, '')}`);
    const denied = context.role.denial('ssm:GetParameters', resource);
    if (denied) throw refuse(denied);
  }
  const missing = parameters.filter((each) => services.ssm.parameterValue(each) === undefined);
  if (missing.length > 0) throw refuse(`invalid ssm parameters: ${missing.join(', ')}`);
}

function read(context: Context, reference: SecretReference): string {
  const { services } = context.world;
  if (reference.source === 'ssm') return services.ssm.parameterValue(reference.parameter) ?? '';
  const { secretArn, jsonKey } = reference;
  const refuse = (why: string) =>
    new Error(`${prefix}unable to retrieve secret from asm: ${retried}${why}`);
  const fullArn = services.secretsmanager.secretArn(secretArn) ?? secretArn;
  const denied = context.role.denial('secretsmanager:GetSecretValue', fullArn);
  if (denied) throw refuse(`failed to fetch secret ${secretArn} from secrets manager: ${denied}`);
  let value: string;
  try {
    value = services.secretsmanager.secretString({ secretId: secretArn, ...reference });
  } catch (error) {
    if (!(error instanceof AwsError)) throw error;
    throw refuse(
      `failed to fetch secret ${secretArn} from secrets manager: ${error.code}: ${error.message}`,
    );
  }
  return jsonKey === undefined ? value : readKey(value, jsonKey, refuse);
}

function readKey(text: string, key: string, refuse: (why: string) => Error): string {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw refuse(
      `retrieved secret from Secrets Manager is not JSON, so that it has no json key ${key}`,
    );
  }
  const record = typeof value === 'object' && value !== null ? Object.entries(value) : [];
  const found = record.find(([name]) => name === key)?.[1] as unknown;
  if (found === undefined) {
    throw refuse(`retrieved secret from Secrets Manager did not contain json key ${key}`);
  }
  return typeof found === 'string' ? found : JSON.stringify(found);
}
