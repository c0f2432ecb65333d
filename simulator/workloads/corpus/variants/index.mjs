import { bodies } from './bodies.mjs';
import { connections } from './connections.mjs';
import { headers } from './headers.mjs';
import { latency } from './latency.mjs';
import { oddities } from './oddities.mjs';
import { protocols } from './protocols.mjs';
import { redirects } from './redirects.mjs';
import { sessions } from './sessions.mjs';
import { starts } from './starts.mjs';
import { statuses } from './statuses.mjs';
import { unsteady } from './unsteady.mjs';

/**
 * How a release differs from the sound shop. Every member is optional.
 *
 * @typedef {{
 *   beforeStart?: (context: object) => void | Promise<void>,
 *   port?: number,
 *   serverOptions?: object,
 *   health?: (context: object) => object | undefined,
 *   delayMs?: (visit: object) => number | undefined,
 *   answer?: (sound: object, visit: object) => object,
 *   send?: (visit: object, answer: object) => boolean,
 *   refuseUpgrade?: string,
 *   socketReply?: (said: string) => string | undefined,
 *   grpcHealth?: (service: string, context: object) => object,
 * }} Variant `send` returns true when it took the answer over; `grpcHealth` what the health service says.
 */

/** @type {ReadonlyMap<string, Variant>} */
const variants = new Map([
  ['healthy', {}],
  ...[
    starts,
    statuses,
    bodies,
    headers,
    redirects,
    sessions,
    latency,
    connections,
    protocols,
    oddities,
    unsteady,
  ].flatMap((group) => Object.entries(group)),
]);

export const variantNames = [...variants.keys()];

/** @returns {Variant} */
export function findVariant(name) {
  const found = variants.get(name);
  if (found) return found;
  throw new Error(`There is no variant "${name}", only ${variantNames.join(', ')}`);
}
