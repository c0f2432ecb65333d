import type { TaskDefinitionDocument } from '../ports/task-definitions.ts';

/** An image as the controller deploys it: by digest, never by tag (design D5). */
export interface PinnedImage {
  readonly repository: string;
  readonly digest: string;
}

const pinned = /^[^/]+\/(?<repository>.+)@(?<digest>sha256:[0-9a-f]{64})$/;

/** The image reference of one container of a task definition; undefined when the container is not there. */
export function imageOf(document: TaskDefinitionDocument, container: string): string | undefined {
  const { containerDefinitions } = document;
  if (!Array.isArray(containerDefinitions)) {
    return undefined;
  }
  const found: unknown = containerDefinitions.find(
    (candidate: unknown) => member(candidate, 'name') === container,
  );
  const image = member(found, 'image');
  return typeof image === 'string' ? image : undefined;
}

/** Takes a reference apart; undefined when it names its image by tag. */
export function pinnedImage(image: string): PinnedImage | undefined {
  const { repository, digest } = pinned.exec(image)?.groups ?? {};
  return repository === undefined || digest === undefined ? undefined : { repository, digest };
}

function member(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null
    ? Object.getOwnPropertyDescriptor(value, name)?.value
    : undefined;
}
