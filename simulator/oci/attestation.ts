import { type Content, type Descriptor, jsonContent } from './descriptor.ts';
import { sha256Digest } from './digest.ts';
import { mediaTypes } from './media-types.ts';

export interface Attestation {
  readonly manifest: Content;
  readonly blobs: readonly Content[];
  /** The entry beside the image's in the index. */
  readonly indexEntry: object;
}

const predicateType = 'https://slsa.dev/provenance/v1';

/**
 * A provenance attestation in the shape BuildKit stores it: a manifest of platform unknown/unknown whose
 * one layer is an in-toto statement about the image. It says nothing true beyond the subject; it is there
 * because readers of an index must know to pass over it (aws-facts 1.2, 1.5).
 */
export function attestationManifest(subject: Descriptor): Attestation {
  const statement = jsonContent(mediaTypes.inToto, {
    _type: 'https://in-toto.io/Statement/v1',
    predicateType,
    subject: [{ name: 'image', digest: { sha256: subject.digest.replace('sha256:', '') } }],
    predicate: {
      buildDefinition: { buildType: 'https://greengate.invalid/rehearsal', externalParameters: {} },
      runDetails: { builder: { id: 'greengate-rehearsal' } },
    },
  });
  const config = jsonContent(mediaTypes.ociConfig, {
    architecture: 'unknown',
    os: 'unknown',
    config: {},
    rootfs: { type: 'layers', diff_ids: [sha256Digest(statement.bytes)] },
  });
  const manifest = jsonContent(mediaTypes.ociManifest, {
    schemaVersion: 2,
    mediaType: mediaTypes.ociManifest,
    config: config.descriptor,
    layers: [
      { ...statement.descriptor, annotations: { 'in-toto.io/predicate-type': predicateType } },
    ],
  });
  return {
    manifest,
    blobs: [config, statement],
    indexEntry: {
      ...manifest.descriptor,
      annotations: {
        'vnd.docker.reference.digest': subject.digest,
        'vnd.docker.reference.type': 'attestation-manifest',
      },
      platform: { architecture: 'unknown', os: 'unknown' },
    },
  };
}
