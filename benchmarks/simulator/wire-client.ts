import { request } from 'undici';
import type { WireCall } from './call-mix.ts';

/** Sends one call; throws with the answer unless it is 200. */
export async function send(endpoint: string, { path, ...call }: WireCall): Promise<unknown> {
  const { statusCode, body } = await request(`${endpoint}${path}`, call);
  const text = await body.text();
  if (statusCode !== 200) throw new Error(`${statusCode} ${text}`);
  return text.startsWith('{') ? JSON.parse(text) : text;
}

/** Sends a request to the control API. */
export async function control(endpoint: string, path: string, body: unknown): Promise<unknown> {
  const answer = await request(`${endpoint}/_greengate/${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  const text = await answer.body.text();
  if (answer.statusCode !== 200) throw new Error(`${answer.statusCode} ${text}`);
  return JSON.parse(text);
}
