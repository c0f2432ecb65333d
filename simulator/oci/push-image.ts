import type { Content } from './descriptor.ts';
import type { OciImage } from './image.ts';

export interface PushTarget {
  /** `http://127.0.0.1:PORT`. */
  readonly registry: string;
  readonly repository: string;
  readonly tag: string;
  readonly image: OciImage;
  /** As `docker login` keeps it; without it the push is nobody's in particular. */
  readonly credentials?: { readonly user: string; readonly password: string };
}

/**
 * Pushes an image over the registry's HTTP API in the order clients use: blobs that are missing, the
 * children by digest, last what the tag names. Like containerd it first asks for everything that it is about to send. Throws an Error whose message is one line.
 */
export async function pushImage(target: PushTarget): Promise<{ digest: string }> {
  const { registry, repository, tag, image, credentials } = target;
  const base = new URL(`/v2/${repository}/`, registry);
  const headers = authorization(credentials);
  try {
    for (const blob of image.blobs) await pushBlob(base, blob, headers);
    const { index, manifest, attestation } = image;
    if (index) {
      for (const child of attestation ? [manifest, attestation] : [manifest]) {
        await putManifest(base, child, child.descriptor.digest, headers);
      }
    }
    await putManifest(base, index ?? manifest, tag, headers);
    return { digest: image.digest };
  } catch (error) {
    throw new Error(`Cannot push ${base.host}/${repository}:${tag}: ${reason(error)}`);
  }
}

type Headers = Readonly<Record<string, string>>;

function authorization(credentials: PushTarget['credentials']): Headers {
  if (credentials === undefined) return {};
  const { user, password } = credentials;
  return { authorization: `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}` };
}

async function pushBlob(
  base: URL,
  { descriptor, bytes }: Content,
  headers: Headers,
): Promise<void> {
  const { digest } = descriptor;
  const head = await fetch(new URL(`blobs/${digest}`, base), { method: 'HEAD', headers });
  if (head.ok) return;
  if (head.status !== 404) await refuse(head, `look for blob ${digest}`);

  const started = await fetch(new URL('blobs/uploads/', base), { method: 'POST', headers });
  const location = started.headers.get('location');
  if (started.status !== 202 || !location) return refuse(started, 'start an upload');
  await started.arrayBuffer();
  const upload = new URL(location, base);
  upload.searchParams.set('digest', digest);
  const stored = await fetch(upload, {
    method: 'PUT',
    headers: { ...headers, 'content-type': 'application/octet-stream' },
    body: bytes,
  });
  if (stored.status !== 201) await refuse(stored, `upload blob ${digest}`);
  await stored.arrayBuffer();
}

async function putManifest(
  base: URL,
  content: Content,
  reference: string,
  headers: Headers,
): Promise<void> {
  const url = new URL(`manifests/${reference}`, base);
  const head = await fetch(url, { method: 'HEAD', headers });
  if (!head.ok && head.status !== 404) await refuse(head, `look for manifest ${reference}`);
  const response = await fetch(url, {
    method: 'PUT',
    headers: { ...headers, 'content-type': content.descriptor.mediaType },
    body: content.bytes,
  });
  if (response.status !== 201) await refuse(response, `put manifest ${reference}`);
  await response.arrayBuffer();
}

async function refuse(response: Response, attempt: string): Promise<never> {
  const text = await response.text();
  let message = text.slice(0, 300);
  try {
    const { errors } = JSON.parse(text) as { errors: { code: string; message: string }[] };
    message = errors.map((error) => `${error.code}: ${error.message}`).join('; ');
  } catch {
    // Not a registry's error document; the text itself is the best we have.
  }
  throw new Error(`could not ${attempt}: HTTP ${response.status} ${message}`.trimEnd());
}

function reason(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  // fetch hides the useful part ("connect ECONNREFUSED 127.0.0.1:1") in the cause.
  const cause = error.cause instanceof Error ? `: ${error.cause.message}` : '';
  return `${error.message}${cause}`;
}
