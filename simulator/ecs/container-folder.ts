import { cp, mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { PulledImage } from '../core/services.ts';

/**
 * A container's own copy of its image's files, so that what it writes is its alone, and folders for its home
 * and its temporary files. Removed with the task.
 */
export async function containerFolder(
  taskFolder: string,
  containerId: string,
  image: PulledImage,
): Promise<{ readonly rootDirectory: string; readonly temporaryDirectory: string }> {
  const folder = join(taskFolder, containerId);
  const rootDirectory = join(folder, 'root');
  const temporaryDirectory = join(folder, 'tmp');
  await mkdir(temporaryDirectory, { recursive: true });
  await cp(image.rootDirectory, rootDirectory, { recursive: true, verbatimSymlinks: true });
  return { rootDirectory, temporaryDirectory };
}

export async function removeTaskFolder(taskFolder: string): Promise<void> {
  await rm(taskFolder, { recursive: true, force: true, maxRetries: 3 });
}
