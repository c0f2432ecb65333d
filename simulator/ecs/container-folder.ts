import { cp, mkdir, realpath, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { PulledImage } from '../core/services.ts';
import type { ContainerMount } from './container-mounts.ts';
import type { ContainerFileSystem } from './container-process.ts';
import { mountFolders } from './mount-folders.ts';

export interface ContainerFolder {
  readonly rootDirectory: string;
  readonly temporaryDirectory: string;
  readonly fileSystem: ContainerFileSystem;
}

/**
 * A container's own copy of its image's files, so that what it writes is its alone, a folder for its temporary
 * files and what is mounted. Removed with the task.
 */
export async function containerFolder(
  taskFolder: string,
  containerId: string,
  image: PulledImage,
  mounts: readonly ContainerMount[],
  readOnlyRoot = false,
): Promise<ContainerFolder> {
  const folder = join(taskFolder, containerId);
  const rootDirectory = join(folder, 'root');
  const temporaryDirectory = join(folder, 'tmp');
  await mkdir(temporaryDirectory, { recursive: true });
  await cp(image.rootDirectory, rootDirectory, { recursive: true, verbatimSymlinks: true });
  const imageVolumes = image.volumes ?? [];
  const place = { taskFolder, containerFolder: folder, rootDirectory, imageVolumes };
  const mounted = await mountFolders(place, mounts);
  const overTemporary = mounted.find(({ path }) => path === '/tmp');
  if (readOnlyRoot && !overTemporary) {
    const temporary = await realpath(temporaryDirectory);
    mounted.push({ path: '/tmp', folder: temporary, readOnly: true });
  }
  return {
    rootDirectory,
    temporaryDirectory: overTemporary?.folder ?? temporaryDirectory,
    fileSystem: {
      root: await realpath(rootDirectory),
      own: await realpath(taskFolder),
      mounts: mounted,
      readOnlyRoot,
    },
  };
}

export async function removeTaskFolder(taskFolder: string): Promise<void> {
  await rm(taskFolder, { recursive: true, force: true, maxRetries: 3 });
}
