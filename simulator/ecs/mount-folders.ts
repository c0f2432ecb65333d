import { cp, lstat, mkdir, readdir, readlink, realpath, rm, symlink } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { type ContainerMount, cleanPath } from './container-mounts.ts';

/** A mount as the container's process is told of it. */
export interface MountedFolder {
  readonly path: string;
  /** On this machine, no link. */
  readonly folder: string;
  readonly readOnly: boolean;
}

export interface MountPlace {
  readonly taskFolder: string;
  /** The container's, inside the task's. */
  readonly containerFolder: string;
  readonly rootDirectory: string;
  /** Of the image: an empty volume over one of them begins with what is there (developer guide, bind mounts). */
  readonly imageVolumes: readonly string[];
}

/** Links followed before a path counts as a loop, as many as Linux follows. */
const mostLinks = 40;

/**
 * Makes the folders and lays them over the container's own, by a symbolic link in its copy of the image: what
 * the image has at that path is hidden, as by a bind mount, or copied where it is a VOLUME. Rejects with Error whose message is the task's
 * stopped reason.
 */
export async function mountFolders(
  { taskFolder, containerFolder, rootDirectory, imageVolumes }: MountPlace,
  mounts: readonly ContainerMount[],
): Promise<MountedFolder[]> {
  const mounted: MountedFolder[] = [];
  const copied = imageVolumes.map((volume) => cleanPath(volume));
  for (const { path, source, readOnly } of mounts) {
    const wanted =
      'volume' in source
        ? join(taskFolder, 'volumes', String(source.volume))
        : join(containerFolder, 'tmpfs', String(source.tmpfs));
    await mkdir(wanted, { recursive: true });
    const folder = await realpath(wanted);
    const place = await placeInRoot(rootDirectory, path);
    await mkdir(dirname(place), { recursive: true }).catch(() => {
      throw cannotMount(path, 'not a directory');
    });
    if ('volume' in source && copied.includes(path)) await fillEmpty(folder, place);
    await rm(place, { recursive: true, force: true });
    await symlink(folder, place);
    mounted.push({ path, folder, readOnly });
  }
  return mounted;
}

async function fillEmpty(folder: string, place: string): Promise<void> {
  const content = await lstat(place).catch(() => undefined);
  if (!content?.isDirectory() || (await readdir(folder)).length > 0) return;
  await cp(place, folder, { recursive: true, verbatimSymlinks: true });
}

/** Follows the links of an image as inside the container: neither an absolute one nor `..` leaves its root. */
async function placeInRoot(rootDirectory: string, path: string): Promise<string> {
  const done: string[] = [];
  const rest = path.split('/');
  for (let links = 0; rest.length > 0; ) {
    const part = rest.shift() ?? '';
    if (part === '..') done.pop();
    if (part === '' || part === '.' || part === '..') continue;
    const target = await linkTarget(join(rootDirectory, ...done, part));
    if (target === undefined) {
      done.push(part);
      continue;
    }
    if (++links > mostLinks) throw cannotMount(path, 'too many levels of symbolic links');
    if (target.startsWith('/')) done.length = 0;
    rest.unshift(...target.split('/'));
  }
  if (done.length === 0) throw cannotMount(path, 'it is the root');
  return join(rootDirectory, ...done);
}

async function linkTarget(path: string): Promise<string | undefined> {
  const found = await lstat(path).catch(() => undefined);
  return found?.isSymbolicLink() ? readlink(path) : undefined;
}

function cannotMount(path: string, reason: string): Error {
  return new Error(
    `CannotStartContainerError: Error response from daemon: failed to create task for container: failed to create shim task: OCI runtime create failed: runc create failed: unable to start container process: error mounting to rootfs at "${path}": ${reason}`,
  );
}
