import { lookup } from 'node:dns/promises';
import type http from 'node:http';
import { isIP } from 'node:net';

/**
 * Listening on loopback keeps other machines out, but not the pages of a browser on this one: a page may
 * post to 127.0.0.1, or have its own name resolve there (DNS rebinding). So the Host header must be
 * loopback or a name that resolves to nothing else, and what a browser sends for a page must come from a
 * page on loopback. Returns why a request is refused.
 */
export function createHostGuard(
  resolve: (name: string) => Promise<readonly string[]> = addressesOf,
): (request: http.IncomingMessage) => Promise<string | undefined> {
  const known = new Map<string, boolean>();
  const resolvesHere = async (name: string): Promise<boolean> => {
    const cached = known.get(name);
    if (cached !== undefined) return cached;
    const addresses = await resolve(name).catch(() => []);
    const here = addresses.length > 0 && addresses.every(isLoopback);
    if (known.size < rememberedNames) known.set(name, here);
    return here;
  };
  return async (request) => {
    const { host, origin, 'sec-fetch-site': site } = request.headers;
    if (origin !== undefined && !isLoopback(hostName(origin.replace(/^\w+:\/\//, '')))) {
      return `Refused for the page ${origin}: the simulator answers pages on loopback only`;
    }
    if (host === undefined) return undefined;
    const name = hostName(host);
    if (isLoopback(name)) return undefined;
    if (site === undefined && isIP(name) === 0 && (await resolvesHere(name))) return undefined;
    return `Refused for the Host ${host}: the simulator answers to 127.0.0.1, localhost and names that resolve there`;
  };
}

const rememberedNames = 1_000;

/** `[::1]:4566` and `localhost:4566` without their ports, in lower case. */
function hostName(host: string): string {
  const [, bracketed, plain] = /^(?:\[([^\]]*)\]|([^:]*))(?::\d*)?$/.exec(host) ?? [];
  return (bracketed ?? plain ?? host).toLowerCase().replace(/\.$/, '');
}

function isLoopback(name: string): boolean {
  if (isIP(name) === 4) return name.startsWith('127.');
  return name === '::1' || name === 'localhost' || name.endsWith('.localhost');
}

async function addressesOf(name: string): Promise<readonly string[]> {
  const found = await lookup(name, { all: true });
  return found.map(({ address }) => address);
}
