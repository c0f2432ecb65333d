import { chmod, link, mkdir, symlink } from 'node:fs/promises';
import { join } from 'node:path';
import type { DirectoryNode, FileTree } from './file-tree.ts';

/**
 * Writes a merged tree to disk: real directories first with their files, which are made read only because
 * every task of the image shares them. A link to an absolute path means a path inside the image, so it is
 * written relative to where it stands. Throws UnsafeLayerError for a link that leads out of the image.
 */
export async function materializeTree(tree: FileTree, rootDirectory: string): Promise<void> {
  const writeDirectory = async (path: string, trail: readonly DirectoryNode[]): Promise<void> => {
    const directory = trail.at(-1) ?? tree.root;
    await mkdir(path);
    for (const [name, node] of directory.children) {
      const target = join(path, name);
      if (node.kind === 'directory') {
        await writeDirectory(target, [...trail, node]);
      } else if (node.kind === 'file') {
        await chmod(node.stagedPath, node.executable ? 0o555 : 0o444);
        await link(node.stagedPath, target);
      } else {
        tree.checkSymlink(trail, node.target);
        await symlink(relativeTarget(node.target, trail.length - 1), target);
      }
    }
  };
  await writeDirectory(rootDirectory, [tree.root]);
}

/** `depth` is how many directories stand between the root and the link. */
function relativeTarget(target: string, depth: number): string {
  if (!target.startsWith('/')) return target;
  return `${'../'.repeat(depth)}${target.replace(/^\/+/, '')}` || '.';
}
