import type { ObservedRequest } from '../../rules/observed-request.ts';
import type { CorpusEntry } from '../entry.ts';
import { shopClients } from '../shop-clients.ts';
import { CanaryContainer } from './canary-container.ts';

/** A canary's share of traffic: one request a second, long enough for ten checks of a minute and two that fail. */
const observedRequests = 720;
const requestEveryMs = 1_000;
/** Health checks every ten seconds. */
const requestsPerHealthCheck = 10;
/** One request a second is hardly ever two at a time; a few spare the run most of the minutes. */
const concurrency = 4;
/** Clients that only wait for a slow release may be many. */
const concurrencyWhenSlow = 96;
const slowMs = 250;
const triedRequests = 16;
/** What a client waits for an answer. */
const patienceMs = 5_000;

/**
 * What a mesh would see of a release that serves clients: the requests that customers send, in order, stamped
 * as if one came each second. Undefined when the release never becomes ready.
 */
export async function observeRelease(entry: CorpusEntry): Promise<ObservedRequest[] | undefined> {
  const canary = new CanaryContainer(entry);
  try {
    if (entry.architecture !== 'amd64' || !(await canary.start())) return undefined;
    const requests: ObservedRequest[] = [];
    const client = async (until: number) => {
      while (next < until) {
        const position = next++;
        if (position % requestsPerHealthCheck === 0) {
          await canary.request({ path: '/health' }, patienceMs);
        }
        requests.push(await observe(canary, position));
      }
    };
    const send = (until: number, clients: number) =>
      Promise.all(Array.from({ length: clients }, () => client(until)));
    let next = 0;
    await send(triedRequests, concurrency);
    const meanMs = requests.reduce((sum, { latencyMs }) => sum + latencyMs, 0) / requests.length;
    await send(observedRequests, meanMs > slowMs ? concurrencyWhenSlow : concurrency);
    return requests.toSorted((a, b) => a.atMs - b.atMs);
  } finally {
    await canary.stop();
  }
}

async function observe(canary: CanaryContainer, position: number): Promise<ObservedRequest> {
  const asked = shopClients[position % shopClients.length] ?? { path: '/' };
  const startedAtMs = performance.now();
  const status = await canary.request(asked, patienceMs);
  const latencyMs = performance.now() - startedAtMs;
  await restartIfEnded(canary);
  return {
    atMs: position * requestEveryMs,
    ok: status !== undefined && status < 500,
    latencyMs,
  };
}

const restarting = new WeakMap<CanaryContainer, Promise<boolean>>();

/** Requests that come meanwhile are lost, as they are to a service whose only task is down. */
async function restartIfEnded(canary: CanaryContainer): Promise<void> {
  if (canary.isRunning) return;
  const under = restarting.get(canary) ?? canary.start();
  restarting.set(canary, under);
  await under;
  restarting.delete(canary);
}
