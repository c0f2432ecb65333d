import { existsSync, mkdirSync, realpathSync } from 'node:fs';
import { join, posix, sep } from 'node:path';
import type { PulledImage } from '../core/services.ts';

/** What the container definition overrides, in Docker's sense: an entry point drops the image's command. */
export interface CommandOverrides {
  readonly entryPoint?: readonly string[] | undefined;
  readonly command?: readonly string[] | undefined;
  readonly workingDirectory?: string | undefined;
}

export interface ContainerCommand {
  /** Arguments for this machine's Node.js, paths mapped into the image. */
  readonly args: string[];
  /** Working directory on this machine. */
  readonly cwd: string;
}

/** Options of node that are followed by a value of their own. */
const optionsWithValue = new Set([
  '-r',
  '--require',
  '--import',
  '--loader',
  '--experimental-loader',
  '-C',
  '--conditions',
  '--env-file',
  '--title',
]);
const optionsWithScript = new Set(['-e', '--eval', '-p', '--print', '-pe']);

/**
 * Maps a container's command to this machine. Node.js is the one program that a rehearsal supplies itself;
 * any other answers as a container does whose image lacks it. Paths never leave the image's root and the
 * `mounted` folders that links in it lead to.
 */
export function containerCommand(
  image: PulledImage,
  overrides: CommandOverrides,
  mounted: readonly string[] = [],
): ContainerCommand {
  const [program, ...given] = commandLine(image, overrides);
  if (program === undefined) throw new Error(cannotStart('no command specified'));
  if (posix.basename(program) !== 'node') {
    const reason = program.includes('/')
      ? `stat ${program}: no such file or directory`
      : 'executable file not found in $PATH';
    throw new Error(cannotStart(`exec: "${program}": ${reason}: unknown`));
  }
  const root = { path: realpathSync(image.rootDirectory), mounted };
  const directory = posix.resolve('/', overrides.workingDirectory ?? image.workingDirectory);
  const cwd = inside(root, directory);
  mkdirSync(cwd, { recursive: true });
  return { args: mapArguments(root, directory, given), cwd };
}

/** ECS's text for a container that the runtime could not start (aws-facts 2.8). */
function cannotStart(reason: string): string {
  return `CannotStartContainerError: Error response from daemon: failed to create task for container: failed to create shim task: OCI runtime create failed: runc create failed: unable to start container process: ${reason}`;
}

function commandLine(image: PulledImage, overrides: CommandOverrides): readonly string[] {
  if (overrides.entryPoint?.length) return [...overrides.entryPoint, ...(overrides.command ?? [])];
  const command = overrides.command?.length ? overrides.command : image.command;
  return [...image.entrypoint, ...command];
}

interface Root {
  readonly path: string;
  readonly mounted: readonly string[];
}

function mapArguments(root: Root, directory: string, given: readonly string[]): string[] {
  const args: string[] = [];
  let script = false;
  for (let at = 0; at < given.length; at++) {
    const argument = given[at] ?? '';
    if (script || argument.startsWith('-')) {
      args.push(mapIfPresent(root, argument));
    } else {
      script = true;
      args.push(inside(root, posix.resolve(directory, argument)));
    }
    if (script) continue;
    if (optionsWithScript.has(argument)) script = true;
    else if (!optionsWithValue.has(argument)) continue;
    at++;
    if (at < given.length) args.push(mapIfPresent(root, given[at] ?? ''));
  }
  return args;
}

/** Other arguments may look like paths without being one, a URL path for example. */
function mapIfPresent(root: Root, argument: string): string {
  if (!argument.startsWith('/')) return argument;
  return existsSync(join(root.path, argument))
    ? inside(root, posix.resolve('/', argument))
    : argument;
}

/** Path on this machine of an absolute path in the container; `..` ends at the root, as it does there. */
function inside(root: Root, path: string): string {
  const mapped = join(root.path, path === '/' ? '' : path);
  if (!existsSync(mapped)) return mapped;
  const real = realpathSync(mapped);
  const allowed = [root.path, ...root.mounted];
  if (allowed.some((folder) => real === folder || real.startsWith(folder + sep))) return mapped;
  throw new Error(cannotStart(`open ${path}: its link leads out of the image's root file system`));
}
