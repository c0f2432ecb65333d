import type { WireOperation, WireService } from '../wire/operation.ts';
import { invalidParameter } from './service-rules.ts';

interface Reference {
  readonly members: readonly string[];
  /** As an ARN names it. */
  readonly resource: string;
  /** As a refused length names it; absent where names are free. */
  readonly id?: string;
}

/** Members that name something of a cluster, by its name, its id or its ARN. */
const references: readonly Reference[] = [
  { members: ['service', 'services'], resource: 'service' },
  { members: ['tasks'], resource: 'task', id: 'taskId' },
  { members: ['task'], resource: 'task' },
  { members: ['containerInstances'], resource: 'container-instance', id: 'instanceId' },
  { members: ['containerInstance'], resource: 'container-instance' },
];
/** Ids are of 32 characters, and were of 36 (aws/amazon-ecs-agent, "long ARN format"). */
const idLengths = [32, 36];

/**
 * The same operations, which refuse ARNs of another cluster before they look at the cluster itself: mostly the caller
 * forgot `cluster`, which then is `default` (docker/compose-cli #2086, aws/aws-toolkit-vscode #2915,
 * asynkron/protoactor-dotnet #2055). Lists of ids refuse what cannot be one, such as the CLI's `None`.
 */
export function checkingIdentifiers(
  operations: WireService['operations'],
): WireService['operations'] {
  const checked = (operation: WireOperation): WireOperation => ({
    ...operation,
    handle: (input, context) => {
      checkIdentifiers(input);
      return operation.handle(input, context);
    },
  });
  return Object.fromEntries(
    Object.entries(operations).map(([name, operation]) => [
      name,
      operation.members.includes('cluster') ? checked(operation) : operation,
    ]),
  );
}

function checkIdentifiers(input: Readonly<Record<string, unknown>>): void {
  const cluster = nameOf(typeof input.cluster === 'string' ? input.cluster : 'default');
  for (const { members, resource, id } of references) {
    for (const given of members.flatMap((member) => input[member] ?? [])) {
      if (typeof given !== 'string') continue;
      const [, named] = new RegExp(`^arn:[^/]*:${resource}/([^/]+)/[^/]+$`).exec(given) ?? [];
      if (named !== undefined && named !== cluster) {
        throw invalidParameter(
          `Invalid identifier: Identifier is for cluster ${named}. Your cluster is ${cluster}`,
        );
      }
      if (id !== undefined && !idLengths.includes(nameOf(given).length)) {
        throw invalidParameter(`${id} length should be one of [${idLengths}]`);
      }
    }
  }
}

function nameOf(reference: string): string {
  return reference.slice(reference.lastIndexOf('/') + 1);
}
