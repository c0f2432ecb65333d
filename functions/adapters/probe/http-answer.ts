import type { ProbeResponse } from '../../core/ports/probe-transport.ts';

type Response = Extract<ProbeResponse, { readonly kind: 'response' }>;

/** What one HTTP exchange brought back, whatever the version. */
export type HttpAnswer = Required<
  Pick<Response, 'status' | 'headers' | 'setCookies' | 'body' | 'bodyBytes' | 'protocol'>
>;
