import type {
  ImageReferrer,
  ListImageReferrersRequest,
  ListImageReferrersResponse,
} from '@aws-sdk/client-ecr';
import { artifactMediaType } from './artifact.ts';
import { pageOf } from './paging.ts';
import type { Repository, StoredImage } from './repository.ts';

/** Of this list alone (API reference, ListImageReferrers). */
const defaultPageSize = 20;

/** A manifest with a subject, as the registry's referrers API shows it. */
export function describeReferrer({ digest, manifest, parsed }: StoredImage) {
  return {
    mediaType: parsed.mediaType,
    digest,
    size: manifest.length,
    artifactType: artifactMediaType(parsed),
    annotations: parsed.content.annotations,
  };
}

/** ListImageReferrers; a subject that is not there has none. Throws AwsError for a foreign token. */
export function listImageReferrers(
  repository: Repository,
  request: ListImageReferrersRequest,
): ListImageReferrersResponse {
  const { subjectId, filter = {}, maxResults = defaultPageSize, nextToken } = request;
  const { artifactTypes = [], artifactStatus = 'ACTIVE' } = filter;
  const fits = ({ artifactType }: { artifactType?: string | undefined }) =>
    artifactTypes.length === 0 || artifactTypes.includes(artifactType ?? '');
  // Every artifact here is ACTIVE: nothing is archived.
  const active = artifactStatus === 'ACTIVE' || artifactStatus === 'ANY';
  const all = active ? repository.referrersOf(subjectId?.imageDigest ?? '') : [];
  const page = pageOf(all.map(describeReferrer).filter(fits), { nextToken, maxResults });
  return {
    referrers: page.items.map(
      ({ artifactType, annotations, ...shown }): ImageReferrer => ({
        ...shown,
        ...(artifactType && { artifactType }),
        ...(annotations && { annotations }),
        artifactStatus: 'ACTIVE',
      }),
    ),
    ...(page.nextToken && { nextToken: page.nextToken }),
  };
}
