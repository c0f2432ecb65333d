import { prefixReadsPerSecond, prefixWritesPerSecond } from '../quotas/prefix-quotas.ts';
import type { Quotas } from '../quotas/quotas.ts';
import type { WireOperation } from '../wire/operation.ts';

interface PrefixedInput {
  readonly Bucket?: string;
  readonly Key?: string;
  readonly Prefix?: string;
  readonly Delete?: { readonly Objects?: readonly { readonly Key?: string }[] };
}

const reads = /^(Get|Head)Object|^ListObject|^ListParts$|^ListMultipartUploads$/;
const writes = /^(Put|Copy|Delete)Object|^UploadPart|MultipartUpload$/;

/**
 * Requests for objects take from the bucket of their prefix, which is all of the key up to its last slash (re:Post
 * "s3-prefix-nested-folders-difference"); each key of DeleteObjects is a write [assumption].
 */
export function rateLimited(name: string, operation: WireOperation, quotas: Quotas): WireOperation {
  const isRead = reads.test(name);
  if (!isRead && !writes.test(name)) return operation;
  const kind = isRead ? 'read' : 'write';
  const perSecond = isRead ? prefixReadsPerSecond : prefixWritesPerSecond;
  return {
    ...operation,
    handle: (input, context) => {
      for (const [prefix, requests] of requestsByPrefix(input as PrefixedInput)) {
        quotas.spend('s3', `${kind} ${prefix}`, perSecond, requests);
      }
      return operation.handle(input, context);
    },
  };
}

function requestsByPrefix({
  Bucket = '',
  Key,
  Prefix = '',
  Delete,
}: PrefixedInput): Map<string, number> {
  const keys = Delete?.Objects?.map((object) => object.Key ?? '') ?? [Key ?? Prefix];
  const requests = new Map<string, number>();
  for (const key of keys) {
    const prefix = `${Bucket}/${key.slice(0, key.lastIndexOf('/') + 1)}`;
    requests.set(prefix, (requests.get(prefix) ?? 0) + 1);
  }
  return requests;
}
