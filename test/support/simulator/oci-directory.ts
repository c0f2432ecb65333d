import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Content } from '../../../simulator/oci/descriptor.ts';
import type { OciImage } from '../../../simulator/oci/image.ts';

/** Writes an image as an OCI image layout (image-spec 1.1, image-layout.md), which OCI tools read as `oci:DIR:TAG`. */
export async function writeOciDirectory(
  directory: string,
  image: OciImage,
  tag: string,
): Promise<void> {
  const blobs = join(directory, 'blobs', 'sha256');
  await mkdir(blobs, { recursive: true });
  const parts = [...image.blobs, image.manifest, image.attestation, image.index];
  for (const part of parts) if (part) await writeFile(join(blobs, hexOf(part)), part.bytes);
  const named = image.index ?? image.manifest;
  const annotations = { 'org.opencontainers.image.ref.name': tag };
  const manifests = [{ ...named.descriptor, annotations }];
  await writeFile(join(directory, 'index.json'), JSON.stringify({ schemaVersion: 2, manifests }));
  await writeFile(join(directory, 'oci-layout'), '{"imageLayoutVersion":"1.0.0"}');
}

function hexOf({ descriptor }: Content): string {
  return descriptor.digest.slice('sha256:'.length);
}
