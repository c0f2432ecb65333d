import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type Header, pack } from 'tar-stream';
import type { EcrBench } from './ecr-bench.ts';
import { layerOf, pushTestImage, testImage } from './pushed-image.ts';

export const amd64 = { os: 'linux', architecture: 'amd64' };
export const host = '111122223333.dkr.ecr.eu-west-1.amazonaws.com';

/** An entry of a layer. */
export type Entry = Partial<Header> & { name: string; text?: string };

export async function tar(entries: readonly Entry[]): Promise<Buffer> {
  const stream = pack();
  for (const { text, ...header } of entries) stream.entry(header, text ?? '');
  stream.finalize();
  const chunks: Buffer[] = [];
  for await (const chunk of stream) chunks.push(Buffer.from(chunk as Uint8Array));
  return Buffer.concat(chunks);
}

export const read = (root: string, path: string) => readFile(join(root, path), 'utf8');

/** Pulls for linux/amd64 from the bench's repository `team/shop`. */
export function pulls(bench: () => EcrBench) {
  const pull = (reference: string) => bench().model.pull(reference, amd64);
  return {
    pull,
    /** Pushes one image whose layers are given as tar entries, and unpacks it. */
    unpack: async (...layers: (readonly Entry[])[]) => {
      const tars = await Promise.all(layers.map(tar));
      const image = testImage('a', { layers: tars.map((bytes) => layerOf(bytes)) });
      await pushTestImage(bench(), 'team/shop', image, 'v1');
      return (await pull(`${host}/team/shop:v1`)).rootDirectory;
    },
    /** Pushes one image of one layer. */
    pushLayer: async (bytes: Buffer, mediaType: string, diffIds?: string[]) => {
      const layers = [layerOf(bytes, mediaType)];
      const image = testImage('a', { layers, ...(diffIds && { diffIds }) });
      await pushTestImage(bench(), 'team/shop', image, 'v1');
    },
  };
}
