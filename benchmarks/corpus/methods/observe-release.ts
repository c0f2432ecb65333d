import type { ObservedRequest } from '../../rules/observed-request.ts';
import type { CorpusEntry } from '../entry.ts';
import { shopClients } from '../shop-clients.ts';
import { CanaryContainer } from './canary-container.ts';

/** A canary's share of traffic: one request a second, long enough for ten checks of a minute and two that fail. */
const observedRequests = 720;
const requestEveryMs = 1_000;
/** Health checks every ten seconds. */
const requestsPerHealthCheck = 10;
const concurrency = 24;
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
    let next = 0;
    const client = async () => {
      while (next < observedRequests) {
        const position = next++;
        if (position % requestsPerHealthCheck === 0) {
          await canary.request({ path: '/health' }, patienceMs);
        }
        requests.push(await observe(canary, position));
      }
    };
    await Promise.all(Array.from({ length: concurrency }, client));
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
