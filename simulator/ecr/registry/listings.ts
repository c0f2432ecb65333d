import { mediaTypes } from '../../oci/media-types.ts';
import { artifactMediaType } from '../artifact.ts';
import { requireDigest } from './blobs.ts';
import { answerBytes, type Exchange, repositoryPath } from './exchange.ts';
import { RegistryError } from './registry-error.ts';

/** The most tags ECR gives at once. */
const maxTags = 1000;

/** GET tags/list, in lexical order, paged by `n` and `last`. Throws RegistryError. */
export function listTags(exchange: Exchange): void {
  const { repository, query } = exchange;
  const requested = query.get('n') ?? String(maxTags);
  if (!/^\d{1,9}$/.test(requested)) {
    throw new RegistryError(400, 'UNSUPPORTED', `n=${requested} is not a number of tags`);
  }
  const n = Math.min(Number(requested), maxTags);
  const last = query.get('last') ?? '';
  const rest = [...repository.tags.keys()].sort().filter((tag) => tag > last);
  const tags = rest.slice(0, n);
  const more = n > 0 && rest.length > n;
  const next = `${repositoryPath(exchange, 'tags/list')}?n=${n}&last=${encodeURIComponent(tags.at(-1) ?? '')}`;
  answerBytes(exchange, json({ name: repository.address.name, tags }), {
    'content-type': 'application/json',
    ...(more && { link: `<${next}>; rel="next"` }),
  });
}

/** GET referrers: an index of the manifests whose `subject` is the digest; none is an empty index. */
export function listReferrers(exchange: Exchange): void {
  const { repository, reference: digest, query } = exchange;
  requireDigest(digest);
  const artifactType = query.get('artifactType');
  const manifests = [...repository.images.values()]
    .filter(({ parsed }) => parsed.content.subject?.digest === digest)
    .map((image) => ({
      mediaType: image.parsed.mediaType,
      digest: image.digest,
      size: image.manifest.length,
      artifactType: artifactMediaType(image.parsed),
      annotations: image.parsed.content.annotations,
    }))
    .filter((entry) => artifactType === null || entry.artifactType === artifactType);
  const index = { schemaVersion: 2, mediaType: mediaTypes.ociIndex, manifests };
  answerBytes(exchange, json(index), {
    'content-type': mediaTypes.ociIndex,
    ...(artifactType !== null && { 'oci-filters-applied': 'artifactType' }),
  });
}

function json(value: unknown): Buffer {
  return Buffer.from(JSON.stringify(value));
}
