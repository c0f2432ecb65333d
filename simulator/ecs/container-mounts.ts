import { posix } from 'node:path';
import type { ContainerDefinition, TaskDefinition, Volume } from '@aws-sdk/client-ecs';

/** A folder that lies over one of a container's own. */
export interface ContainerMount {
  /** Absolute in the container, without `..`. */
  readonly path: string;
  /** Volumes are the task's by their index, so that its containers share them; a tmpfs is the container's. */
  readonly source: { readonly volume: number } | { readonly tmpfs: number };
  readonly readOnly: boolean;
}

/** Kinds of volumes that are more than a folder of the task (API reference, Volume). */
const notSimulated = [
  'configuredAtLaunch',
  'dockerVolumeConfiguration',
  'efsVolumeConfiguration',
  'fsxWindowsFileServerVolumeConfiguration',
  's3filesVolumeConfiguration',
] as const;

/** Its mount points, those of the containers that it takes volumes from, and what it has in memory. */
export function containerMounts(
  document: TaskDefinition,
  container: ContainerDefinition,
): ContainerMount[] {
  const tmpfs = (container.linuxParameters?.tmpfs ?? []).map(
    ({ containerPath, mountOptions = [] }, index) => ({
      path: cleanPath(containerPath),
      source: { tmpfs: index },
      readOnly: mountOptions.includes('ro'),
    }),
  );
  return [...volumeMounts(document, container, []), ...tmpfs];
}

/** What of a container's mounts a folder of this machine cannot stand for, by name. */
export function mountProblems(
  document: TaskDefinition,
  container: ContainerDefinition,
  index: number,
): string[] {
  const of = `containerDefinitions[${index}]`;
  const mounts = containerMounts(document, container);
  const given = [...(container.mountPoints ?? []), ...(container.linuxParameters?.tmpfs ?? [])];
  return [
    ...given
      .filter(({ containerPath = '' }) => !containerPath.startsWith('/'))
      .map(({ containerPath = '' }) => `${of}: mount at '${containerPath}', no absolute path`),
    ...mounts.filter(({ path }) => path === '/').map(() => `${of}: mount at '/'`),
    ...mounts
      .filter((mount) => mounts.some((other) => other !== mount && holds(other.path, mount.path)))
      .map(({ path }) => `${of}: mount at '${path}' inside another`),
    ...(container.mountPoints ?? []).flatMap(({ sourceVolume }) =>
      volumeProblem(document, sourceVolume),
    ),
  ];
}

/** Whether a path is the folder or inside of it. */
function holds(folder: string, path: string): boolean {
  return path === folder || path.startsWith(folder === '/' ? folder : `${folder}/`);
}

function volumeProblem({ volumes = [] }: TaskDefinition, name: string | undefined): string[] {
  const index = volumes.findIndex((volume) => volume.name === name);
  const volume: Volume = volumes[index] ?? {};
  const members: string[] = notSimulated.filter((member) => volume[member]);
  if (volume.host?.sourcePath) members.push('host.sourcePath');
  return members.map((member) => `volumes[${index}].${member}`);
}

function volumeMounts(
  document: TaskDefinition,
  container: ContainerDefinition,
  asking: readonly ContainerDefinition[],
): ContainerMount[] {
  const { volumes = [], containerDefinitions = [] } = document;
  const mounts: ContainerMount[] = (container.mountPoints ?? []).map(
    ({ sourceVolume, containerPath, readOnly = false }) => ({
      path: cleanPath(containerPath),
      source: { volume: volumes.findIndex(({ name }) => name === sourceVolume) },
      readOnly,
    }),
  );
  for (const { sourceContainer, readOnly = false } of container.volumesFrom ?? []) {
    const source = containerDefinitions.find(({ name }) => name === sourceContainer);
    if (!source || source === container || asking.includes(source)) continue;
    for (const mount of volumeMounts(document, source, [...asking, container])) {
      // The container's own mount point goes before another's at the same path, as with Docker.
      if (mounts.some(({ path }) => path === mount.path)) continue;
      mounts.push(readOnly ? { ...mount, readOnly } : mount);
    }
  }
  return mounts;
}

/** Absolute, without `..` and a slash at its end. */
export function cleanPath(containerPath = ''): string {
  return posix.resolve('/', containerPath);
}
