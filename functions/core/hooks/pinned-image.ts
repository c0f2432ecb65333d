import type { TaskDefinitionDocument } from '../ports/task-definitions.ts';

/** An image as the controller deploys it: by digest, never by tag (design D5). */
export interface PinnedImage {
  readonly repository: string;
  readonly digest: string;
}

const pinned = /^[^/]+\/(?<repository>.+)@(?<digest>sha256:[0-9a-f]{64})$/;

/** The pinned image of one container of a task definition; undefined when it is named by tag or not there. */
export function pinnedImage(
  document: TaskDefinitionDocument,
  container: string,
): PinnedImage | undefined {
  const { containerDefinitions } = document;
  if (!Array.isArray(containerDefinitions)) {
    return undefined;
  }
  const found: unknown = containerDefinitions.find(
    (candidate: unknown) => member(candidate, 'name') === container,
  );
  const groups = pinned.exec(String(member(found, 'image')))?.groups;
  return groups?.repository === undefined || groups.digest === undefined
    ? undefined
    : { repository: groups.repository, digest: groups.digest };
}

function member(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null
    ? Object.getOwnPropertyDescriptor(value, name)?.value
    : undefined;
}
