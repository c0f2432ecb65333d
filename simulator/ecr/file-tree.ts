/** A layer holds something that could reach out of the image, or that cannot be unpacked. */
export class UnsafeLayerError extends Error {
  override readonly name = 'UnsafeLayerError';
}

export interface DirectoryNode {
  readonly kind: 'directory';
  readonly layer: number;
  readonly children: Map<string, TreeNode>;
}

export interface FileNode {
  readonly kind: 'file';
  readonly layer: number;
  /** Where the content waits on disk; hard links share it. */
  readonly stagedPath: string;
  readonly executable: boolean;
}

export interface SymlinkNode {
  readonly kind: 'symlink';
  readonly layer: number;
  readonly target: string;
}

export type TreeNode = DirectoryNode | FileNode | SymlinkNode;

/** As many as Linux follows. */
const maxSymlinks = 40;
/** More than a path of 4096 bytes usually has; keeps walking the tree within the stack. */
const maxDepth = 500;

export function directoryNode(layer: number): DirectoryNode {
  return { kind: 'directory', layer, children: new Map() };
}

/**
 * The merged file system of an image's layers, in memory. Nothing is written to disk while symbolic links
 * are being followed, so no entry can be made to land outside: the root of this tree is the only root.
 */
export class FileTree {
  readonly root = directoryNode(0);

  /**
   * The directory that holds `path`'s last part, made if it is missing, with links followed inside the
   * tree. Throws UnsafeLayerError.
   */
  parentOf(path: string, layer: number): { directory: DirectoryNode; name: string } {
    const parts = splitPath(path);
    const name = parts.pop();
    if (name === undefined) throw new UnsafeLayerError(`"${path}" names the root`);
    return { directory: this.#walk(parts, layer), name };
  }

  /** The node at a path, its last part not followed. */
  find(path: string): TreeNode | undefined {
    const parts = splitPath(path);
    const name = parts.pop();
    if (name === undefined) return this.root;
    return this.#walk(parts, undefined)?.children.get(name);
  }

  /** Throws UnsafeLayerError if following the link leads above the root. */
  checkSymlink(directory: readonly DirectoryNode[], target: string): void {
    this.#resolve([...directory], target, 0);
  }

  #walk(parts: readonly string[], layer: number): DirectoryNode;
  #walk(parts: readonly string[], layer: number | undefined): DirectoryNode | undefined;
  #walk(parts: readonly string[], layer: number | undefined): DirectoryNode | undefined {
    let trail: DirectoryNode[] = [this.root];
    for (const part of parts) {
      const directory = trail.at(-1) ?? this.root;
      let node = directory.children.get(part);
      if (node?.kind === 'symlink') {
        trail = this.#resolve(trail, node.target, 0) ?? [];
        if (trail.length > 0) continue;
        node = undefined;
      }
      if (node?.kind !== 'directory') {
        if (layer === undefined) return undefined;
        node = directoryNode(layer);
        directory.children.set(part, node);
      }
      trail.push(node);
      if (trail.length > maxDepth)
        throw new UnsafeLayerError('the image nests too many directories');
    }
    return trail.at(-1);
  }

  /** Directories from the root to where a link's target leads; undefined when that is no directory. */
  #resolve(
    from: readonly DirectoryNode[],
    target: string,
    depth: number,
  ): DirectoryNode[] | undefined {
    if (depth > maxSymlinks) return undefined;
    let trail: DirectoryNode[] = target.startsWith('/') ? [this.root] : [...from];
    for (const part of target.split('/')) {
      if (part === '' || part === '.') continue;
      if (part === '..') {
        if (trail.length === 1) throw new UnsafeLayerError(`the link to "${target}" leads out`);
        trail.pop();
        continue;
      }
      const node = trail.at(-1)?.children.get(part);
      if (node?.kind === 'symlink') {
        const next = this.#resolve(trail, node.target, depth + 1);
        if (!next) return undefined;
        trail = next;
      } else if (node?.kind === 'directory') {
        trail.push(node);
      } else {
        return undefined;
      }
    }
    return trail;
  }
}

/** Parts of an entry's name. `..` is refused, a leading `/` or `./` means the image's root. */
export function splitPath(path: string): string[] {
  const parts = path.split('/').filter((part) => part !== '' && part !== '.');
  if (parts.includes('..') || path.includes('\0')) {
    throw new UnsafeLayerError(`the entry "${path}" leads out of the image`);
  }
  return parts;
}
