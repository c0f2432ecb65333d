import { validationError } from './actions.ts';

const largestPage = 400;

/** One page of a Describe call; the marker is the position of the next item. */
export function page<T>(
  items: readonly T[],
  request: { Marker?: string | undefined; PageSize?: number | undefined },
): { items: T[]; NextMarker?: string } {
  const { Marker, PageSize = largestPage } = request;
  if (PageSize < 1 || PageSize > largestPage) {
    throw validationError(`PageSize ${PageSize} must be between 1 and ${largestPage}`);
  }
  const start = Marker ? Number(decode(Marker)) : 0;
  if (!Number.isInteger(start) || start < 0) throw validationError(`Invalid marker '${Marker}'`);
  const end = start + PageSize;
  const next = end < items.length ? { NextMarker: btoa(String(end)) } : {};
  return { items: items.slice(start, end), ...next };
}

function decode(marker: string): string {
  try {
    return atob(marker);
  } catch {
    return 'invalid';
  }
}
