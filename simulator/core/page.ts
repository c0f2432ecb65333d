export interface PageOptions {
  /** What the client sent back; absent or empty for the first page. */
  readonly token: string | undefined;
  readonly size: number;
  /** The error of the service's own API for a token that is not one of its lists'. */
  readonly refuse: (token: string) => Error;
}

const tokenShape = /^page:(\d{1,9})$/;

/** One page of a list whose order is stable; tokens are opaque positions. */
export function pageOf<T>(
  items: readonly T[],
  { token, size, refuse }: PageOptions,
): { readonly items: T[]; readonly next: string | undefined } {
  const start = token ? readToken(token, items.length, refuse) : 0;
  const end = start + size;
  return {
    items: items.slice(start, end),
    next: end < items.length ? Buffer.from(`page:${end}`).toString('base64url') : undefined,
  };
}

function readToken(token: string, length: number, refuse: (token: string) => Error): number {
  const [, position] = tokenShape.exec(Buffer.from(token, 'base64url').toString()) ?? [];
  // A list may have become shorter meanwhile: its rest is empty then, the token is still ours.
  if (position === undefined) throw refuse(token);
  return Math.min(Number(position), length);
}
