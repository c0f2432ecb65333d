import type http from 'node:http';
import { mediaTypes } from '../../oci/media-types.ts';
import { describeReferrer } from '../list-referrers.ts';
import type { Repository } from '../repository.ts';
import { requireDigest } from './blobs.ts';
import { answerBytes, type Exchange, repositoryPath } from './exchange.ts';
import { RegistryError } from './registry-error.ts';

/** The most tags ECR gives at once. */
const maxNames = 1000;

/** GET tags/list, in lexical order, paged by `n` and `last`. Throws RegistryError. */
export function listTags(exchange: Exchange): void {
  const { repository, query } = exchange;
  const path = repositoryPath(exchange, 'tags/list');
  const { names: tags, headers } = pageByName([...repository.tags.keys()], query, path);
  answerBytes(exchange, json({ name: repository.address.name, tags }), headers);
}

/** GET _catalog: the names of all repositories, paged like tags. Throws RegistryError. */
export function listRepositories(
  known: { list(): readonly Repository[] },
  query: URLSearchParams,
  response: http.ServerResponse,
): void {
  const all = known.list().map(({ address }) => address.name);
  const { names: repositories, headers } = pageByName(all, query, '/v2/_catalog');
  const body = json({ repositories });
  response.writeHead(200, { 'content-length': body.length, ...headers });
  response.end(body);
}

function pageByName(all: readonly string[], query: URLSearchParams, path: string) {
  const requested = query.get('n') ?? String(maxNames);
  if (!/^\d{1,9}$/.test(requested)) {
    throw new RegistryError(400, 'UNSUPPORTED', `n=${requested} is not a number of names`);
  }
  const n = Math.min(Number(requested), maxNames);
  const last = query.get('last') ?? '';
  const rest = [...all].sort().filter((name) => name > last);
  const names = rest.slice(0, n);
  const more = n > 0 && rest.length > n;
  const next = `${path}?n=${n}&last=${encodeURIComponent(names.at(-1) ?? '')}`;
  const headers = {
    'content-type': 'application/json',
    ...(more && { link: `<${next}>; rel="next"` }),
  };
  return { names, headers };
}

/** GET referrers: an index of the manifests whose `subject` is the digest; none is an empty index. */
export function listReferrers(exchange: Exchange): void {
  const { repository, reference: digest, query } = exchange;
  requireDigest(digest);
  const artifactType = query.get('artifactType');
  const manifests = repository
    .referrersOf(digest)
    .map(describeReferrer)
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
