import type http from 'node:http';
import type { World } from '../../core/world.ts';
import type { EcrModel } from '../model.ts';
import type { Repository } from '../repository.ts';
import { RegistryError } from './registry-error.ts';

/** One request to the registry, taken apart, and the way to answer it. */
export interface Exchange {
  readonly model: EcrModel;
  readonly world: World;
  readonly repository: Repository;
  readonly request: http.IncomingMessage;
  readonly response: http.ServerResponse;
  readonly query: URLSearchParams;
  /** Whether who logged in may pull layers of another repository. */
  readonly mayReadLayersOf: (repositoryName: string) => boolean;
  /** Digest, tag or upload id at the end of the path; empty when the path has none. */
  readonly reference: string;
}

export function repositoryPath({ repository }: Exchange, rest: string): string {
  return `/v2/${repository.address.name}/${rest}`;
}

/** Answers without a body. */
export function answerEmpty(
  { response }: Exchange,
  status: number,
  headers: http.OutgoingHttpHeaders,
): void {
  response.writeHead(status, { 'content-length': 0, ...headers });
  response.end();
}

/** Answers with a body, which is left out for HEAD. */
export function answerBytes(
  { request, response }: Exchange,
  bytes: Uint8Array,
  headers: http.OutgoingHttpHeaders,
): void {
  response.writeHead(200, { 'content-length': bytes.length, ...headers });
  response.end(request.method === 'HEAD' ? undefined : bytes);
}

/** The body, without the socket being torn down when we stop reading: the client is owed an answer. */
export function bodyOf(request: http.IncomingMessage): AsyncIterable<Buffer> {
  return request.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>;
}

/** Reads a whole body, at most `maxBytes`. Throws RegistryError. */
export async function readBody(request: http.IncomingMessage, maxBytes: number): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of bodyOf(request)) {
    size += chunk.length;
    if (size > maxBytes) {
      throw new RegistryError(413, 'SIZE_INVALID', `The body has more than ${maxBytes} bytes`);
    }
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}
