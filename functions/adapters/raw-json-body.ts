import type { BuildMiddleware, DeserializeMiddleware, MetadataBearer } from '@smithy/types';

/*
 * The SDK's serializers keep only the members that its own version knows. For task definitions that loses
 * whatever ECS gained since (aws-facts 2.1, trap 8), so these two look at the JSON on the wire instead.
 */

/** Sends `body` in place of what the SDK made of the command's input. */
export function sendBody<TInput extends object, TOutput extends MetadataBearer>(
  body: Readonly<Record<string, unknown>>,
): BuildMiddleware<TInput, TOutput> {
  return (next) => (args) => {
    const { request } = args;
    if (isMessage(request)) request.body = JSON.stringify(body);
    return next(args);
  };
}

/** Hands the answer's JSON to `take` before the SDK reads it; answers that are errors too. */
export function takeBody<TInput extends object, TOutput extends MetadataBearer>(
  take: (body: unknown) => void,
): DeserializeMiddleware<TInput, TOutput> {
  return (next) => async (args) => {
    const result = await next(args);
    const { response } = result;
    if (isMessage(response) && isChunks(response.body)) {
      const bytes = await collect(response.body);
      response.body = bytes;
      take(parse(bytes));
    }
    return result;
  };
}

function isMessage(value: unknown): value is { body: unknown } {
  return typeof value === 'object' && value !== null && 'body' in value;
}

function isChunks(body: unknown): body is AsyncIterable<Uint8Array> {
  return typeof body === 'object' && body !== null && Symbol.asyncIterator in body;
}

async function collect(body: AsyncIterable<Uint8Array>): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of body) chunks.push(chunk);
  return new Uint8Array(Buffer.concat(chunks));
}

/** What is not JSON comes from a proxy or a load balancer: the SDK knows how to say so. */
function parse(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder().decode(bytes));
  } catch {
    return undefined;
  }
}
