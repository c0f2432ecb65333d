import type http from 'node:http';
import { AwsError } from '../../core/aws-error.ts';
import type { AccessControl } from '../../wire/access-control.ts';
import type { Caller } from '../../wire/operation.ts';

interface ActionRule {
  readonly path: RegExp;
  /** ECR operation by method. */
  readonly operations: Readonly<Record<string, string>>;
}

/**
 * What a request to the registry needs in IAM's words: pushing and pulling take the permissions of the API operations
 * that stand for them (ECR user guide, "IAM permissions for pushing an image", "Pulling an image").
 */
const rules: readonly ActionRule[] = [
  { path: /^(.+)\/blobs\/uploads\/?$/, operations: { POST: 'InitiateLayerUpload' } },
  {
    path: /^(.+)\/blobs\/uploads\/[^/]+$/,
    operations: {
      GET: 'UploadLayerPart',
      PATCH: 'UploadLayerPart',
      PUT: 'CompleteLayerUpload',
      DELETE: 'UploadLayerPart',
    },
  },
  {
    path: /^(.+)\/blobs\/[^/]+$/,
    operations: { HEAD: 'BatchCheckLayerAvailability', GET: 'GetDownloadUrlForLayer' },
  },
  {
    path: /^(.+)\/manifests\/[^/]+$/,
    operations: {
      HEAD: 'BatchGetImage',
      GET: 'BatchGetImage',
      PUT: 'PutImage',
      DELETE: 'BatchDeleteImage',
    },
  },
  { path: /^(.+)\/tags\/list$/, operations: { GET: 'ListImages' } },
  // Whoever lists referrers needs BatchGetImage (API reference, ListImageReferrers).
  { path: /^(.+)\/referrers\/[^/]+$/, operations: { GET: 'BatchGetImage' } },
];

/** Throws AwsError AccessDeniedException when the policies of who logged in do not allow the request. */
export function authorizeRequest(
  access: AccessControl,
  caller: Caller,
  request: http.IncomingMessage,
  url: URL,
): void {
  const rest = url.pathname.replace(/^\/v2\/?/, '');
  const sourceIp = request.socket.remoteAddress;
  for (const { path, operations } of rules) {
    const [, repositoryName] = path.exec(rest) ?? [];
    if (repositoryName === undefined) continue;
    const operation = operations[request.method ?? 'GET'];
    const needed = operation === undefined ? [] : [operation, ...atOnce(operation, request, url)];
    for (const each of needed) {
      access.authorize({
        caller,
        service: 'ecr',
        operation: each,
        input: { repositoryName },
        sourceIp,
      });
    }
    return;
  }
}

/** What mounting a layer takes of the repository that has it (ECR user guide, "Blob mounting"). */
export function mayReadLayers(
  access: AccessControl,
  caller: Caller,
  repositoryName: string,
  sourceIp: string | undefined,
): boolean {
  const operation = 'GetDownloadUrlForLayer';
  try {
    access.authorize({ caller, service: 'ecr', operation, input: { repositoryName }, sourceIp });
    return true;
  } catch (error) {
    if (error instanceof AwsError && error.code === 'AccessDeniedException') return false;
    throw error;
  }
}

/** A layer may come whole with the first or the last request (distribution specification, monolithic uploads). */
function atOnce(operation: string, request: http.IncomingMessage, url: URL): string[] {
  if (operation === 'InitiateLayerUpload') {
    return url.searchParams.has('digest') ? ['UploadLayerPart', 'CompleteLayerUpload'] : [];
  }
  const empty = request.headers['content-length'] === '0';
  return operation === 'CompleteLayerUpload' && !empty ? ['UploadLayerPart'] : [];
}
