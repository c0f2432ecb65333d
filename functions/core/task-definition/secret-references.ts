import { itemsOf, memberAt, membersOf } from '../config/loose-value.ts';
import type { TaskDefinitionDocument } from '../ports/task-definitions.ts';

export interface SecretUse {
  /** Where it is named, as people look for it: `secret DB_PASSWORD of container app`. */
  readonly user: string;
  /** ARN, or name of an SSM parameter of the same Region. */
  readonly valueFrom: string;
}

/**
 * Everything in a task definition that ECS reads from Secrets Manager or Parameter Store before it starts a task:
 * secrets and log options of containers, credentials of private registries and of FSx file systems.
 */
export function secretReferences(document: TaskDefinitionDocument): SecretUse[] {
  return [
    ...itemsOf(document.containerDefinitions).flatMap(containerSecrets),
    ...itemsOf(document.volumes).flatMap(volumeSecrets),
  ];
}

function containerSecrets(container: unknown): SecretUse[] {
  const of = `of container ${memberAt(container, 'name')}`;
  const logs = memberAt(container, 'logConfiguration');
  return [
    ...itemsOf(memberAt(container, 'secrets')).flatMap((secret) =>
      use(`secret ${memberAt(secret, 'name')} ${of}`, memberAt(secret, 'valueFrom')),
    ),
    ...itemsOf(memberAt(logs, 'secretOptions')).flatMap((option) =>
      use(`log option ${memberAt(option, 'name')} ${of}`, memberAt(option, 'valueFrom')),
    ),
    ...use(
      `repository credentials ${of}`,
      memberAt(memberAt(container, 'repositoryCredentials'), 'credentialsParameter'),
    ),
  ];
}

function volumeSecrets(volume: unknown): SecretUse[] {
  const name = memberAt(volume, 'name');
  return membersOf(volume).flatMap(([, configuration]) =>
    use(
      `credentials of volume ${name}`,
      memberAt(memberAt(configuration, 'authorizationConfig'), 'credentialsParameter'),
    ),
  );
}

function use(user: string, valueFrom: unknown): SecretUse[] {
  return typeof valueFrom === 'string' ? [{ user, valueFrom }] : [];
}
