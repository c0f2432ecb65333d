import { createReadStream, createWriteStream } from 'node:fs';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { createGunzip } from 'node:zlib';
import { extract, type Header } from 'tar-stream';
import { mediaTypes } from '../oci/media-types.ts';
import { type DirectoryNode, directoryNode, type FileTree, UnsafeLayerError } from './file-tree.ts';
import { LayerMeter, type UnpackBudget } from './layer-meter.ts';

export interface LayerSource {
  /** 1 for the lowest. */
  readonly number: number;
  readonly path: string;
  readonly mediaType: string;
  /** Digest of the uncompressed tar, as the image's config promises. */
  readonly diffId: string | undefined;
}

const opaqueMarker = '.wh..wh..opq';
const whiteoutPrefix = '.wh.';

/**
 * Merges one layer into the tree; file contents are staged on disk under their running number. Devices
 * and pipes are left out, as rootless unpackers do. Throws UnsafeLayerError.
 */
export async function applyLayer(
  tree: FileTree,
  layer: LayerSource,
  stagingDirectory: string,
  budget: UnpackBudget,
): Promise<void> {
  const unzip = isGzip(layer.mediaType) ? [createGunzip()] : [];
  const meter = new LayerMeter(budget);
  const entries = extract();
  const reading = (async () => {
    for await (const entry of entries) {
      if (--budget.entries < 0) throw new UnsafeLayerError('the image has too many files');
      const { header } = entry;
      if (header.type === 'file' || header.type === 'contiguous-file') {
        const stagedPath = join(stagingDirectory, String(budget.entries));
        await pipeline(entry, createWriteStream(stagedPath, { mode: 0o644 }));
        addFile(tree, layer.number, header, stagedPath);
      } else {
        addEntry(tree, layer.number, header);
        entry.resume();
      }
    }
  })();
  const feeding = pipeline([createReadStream(layer.path), ...unzip, meter, entries]);
  throwFirst(await Promise.allSettled([feeding, reading]));
  const diffId = meter.digest();
  if (layer.diffId !== undefined && layer.diffId !== diffId) {
    throw new UnsafeLayerError(
      `wrong diff id: layer ${layer.number} is ${diffId}, not ${layer.diffId}`,
    );
  }
}

/** When one side fails the other breaks off with a less telling error. */
function throwFirst(results: readonly PromiseSettledResult<void>[]): void {
  const reasons = results.flatMap((result) =>
    result.status === 'rejected' ? [result.reason as unknown] : [],
  );
  if (reasons.length > 0) {
    throw reasons.find((reason) => reason instanceof UnsafeLayerError) ?? reasons[0];
  }
}

function isGzip(mediaType: string): boolean {
  if (mediaType === mediaTypes.ociLayerTarGzip || mediaType === mediaTypes.dockerLayerTarGzip) {
    return true;
  }
  if (mediaType === mediaTypes.ociLayerTar) return false;
  throw new UnsafeLayerError(`layers of type ${mediaType} are not supported`);
}

function addFile(tree: FileTree, layer: number, header: Header, stagedPath: string): void {
  const { directory, name } = tree.parentOf(header.name, layer);
  if (name === opaqueMarker) {
    hideLowerLayers(directory, layer);
  } else if (name.startsWith(whiteoutPrefix)) {
    hideLowerLayer(directory, name.slice(whiteoutPrefix.length), layer);
  } else {
    const executable = (header.mode & 0o111) !== 0;
    directory.children.set(name, { kind: 'file', layer, stagedPath, executable });
  }
}

function addEntry(tree: FileTree, layer: number, header: Header): void {
  if (header.type === 'directory') {
    if (header.name.replaceAll(/[./]/g, '') === '' && !header.name.includes('..')) return;
    const { directory, name } = tree.parentOf(header.name, layer);
    if (directory.children.get(name)?.kind === 'directory') return;
    directory.children.set(name, directoryNode(layer));
  } else if (header.type === 'symlink') {
    const { directory, name } = tree.parentOf(header.name, layer);
    directory.children.set(name, { kind: 'symlink', layer, target: header.linkname });
  } else if (header.type === 'link') {
    const original = tree.find(header.linkname);
    if (original?.kind !== 'file') {
      throw new UnsafeLayerError(
        `the hard link "${header.name}" names "${header.linkname}", which is no file of the image`,
      );
    }
    const { directory, name } = tree.parentOf(header.name, layer);
    directory.children.set(name, { ...original, layer });
  }
}

/** A whiteout hides what lower layers put there, never what its own layer adds. */
function hideLowerLayer(directory: DirectoryNode, name: string, layer: number): void {
  const node = directory.children.get(name);
  if (node?.kind === 'directory' && containsLayer(node, layer)) hideLowerLayers(node, layer);
  else if (node && node.layer < layer) directory.children.delete(name);
}

function hideLowerLayers(directory: DirectoryNode, layer: number): void {
  for (const name of [...directory.children.keys()]) hideLowerLayer(directory, name, layer);
}

function containsLayer(node: DirectoryNode, layer: number): boolean {
  if (node.layer === layer) return true;
  return [...node.children.values()].some((child) =>
    child.kind === 'directory' ? containsLayer(child, layer) : child.layer === layer,
  );
}
