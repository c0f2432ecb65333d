import { InvalidConfigError } from '../errors.ts';
import type { TaskDefinitionDocument } from '../ports/task-definitions.ts';

/** The same document with another image in the named container; nothing else changes. */
export function replaceImage(
  document: TaskDefinitionDocument,
  container: string,
  image: string,
): TaskDefinitionDocument {
  const containers: readonly unknown[] = Array.isArray(document.containerDefinitions)
    ? document.containerDefinitions
    : [];
  if (!containers.some((candidate) => nameOf(candidate) === container)) {
    const names = containers.map(nameOf).join(', ') || 'none';
    throw new InvalidConfigError(
      `Container "${container}" is not in task definition family "${document.family}", it has: ${names}`,
    );
  }
  return {
    ...document,
    containerDefinitions: containers.map((candidate) =>
      nameOf(candidate) === container ? { ...Object(candidate), image } : candidate,
    ),
  };
}

function nameOf(container: unknown): unknown {
  return typeof container === 'object' && container !== null && 'name' in container
    ? container.name
    : undefined;
}
