import { posix } from 'node:path';
import type { LayerContents, LayerFile } from '../tar-layer.ts';
import { type BuildContext, ContextError } from './build-context.ts';

export interface CopyFlags {
  readonly uid: number;
  readonly gid: number;
  /** Permission bits; default those of the source, reduced to 0o755 or 0o644. */
  readonly mode: number | undefined;
}

/** Users that every official Node image has; other names would need the base image's /etc/passwd. */
const knownUsers = new Map([
  ['root', 0],
  ['node', 1000],
]);

/** Takes the flags off a COPY. Throws ContextError for those that are not supported. */
export function readCopyFlags(argument: string): { flags: CopyFlags; rest: string } {
  let flags: CopyFlags = { uid: 0, gid: 0, mode: undefined };
  let rest = argument;
  for (;;) {
    const [whole, name = '', value = ''] = /^--([a-z]+)(?:=(\S*))?\s+/.exec(rest) ?? [];
    if (!whole) return { flags, rest };
    rest = rest.slice(whole.length);
    if (name === 'chown') flags = { ...flags, ...readOwner(value) };
    else if (name === 'chmod' && /^[0-7]{3,4}$/.test(value)) {
      flags = { ...flags, mode: Number.parseInt(value, 8) };
    } else throw new ContextError(`--${name}${value && `=${value}`} is not supported`);
  }
}

function readOwner(value: string): { uid: number; gid: number } {
  const [user = '', group = user] = value.split(':');
  const id = (name: string) => {
    const known = /^\d+$/.test(name) ? Number(name) : knownUsers.get(name);
    if (known !== undefined) return known;
    throw new ContextError(
      `--chown=${value} names "${name}"; without the base image only numbers, root and node are known`,
    );
  };
  return { uid: id(user), gid: id(group) };
}

/**
 * What a COPY puts into the image. A folder's *contents* are copied; several sources, or a destination
 * that ends in `/`, make the destination a folder. Throws ContextError.
 */
export function copyContents(
  context: BuildContext,
  words: readonly string[],
  workingDirectory: string,
  flags: CopyFlags,
): LayerContents {
  const sources = words.slice(0, -1);
  const destination = words.at(-1);
  if (destination === undefined || sources.length === 0) {
    throw new ContextError('at least one source and a destination are needed');
  }
  const matches = sources.flatMap((source) => context.find(source));
  const intoFolder =
    matches.length > 1 || /(^|\/)\.{0,2}$/.test(destination) || matches[0]?.kind === 'directory';
  if (matches.length > 1 && !/(^|\/)\.{0,2}$/.test(destination)) {
    throw new ContextError(`"${destination}" must end with / because several sources are copied`);
  }
  const target = posix.resolve(workingDirectory, destination).slice(1);
  const files = matches.flatMap((match) =>
    match.files.map((file): LayerFile => {
      const below =
        match.kind === 'file' ? posix.basename(file.path) : posix.relative(match.path, file.path);
      return {
        path: intoFolder ? posix.join(target, below) : target,
        content: file.read(),
        mode: flags.mode ?? (file.executable ? 0o755 : 0o644),
        uid: flags.uid,
        gid: flags.gid,
      };
    }),
  );
  return { files: [...new Map(files.map((file) => [file.path, file])).values()], directories: [] };
}
