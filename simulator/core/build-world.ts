import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Faults } from '../faults/faults.ts';
import { Quotas } from '../quotas/quotas.ts';
import { AssetStore } from './asset-store.ts';
import type { TimeMode } from './clock.ts';
import { Ids } from './ids.ts';
import { Journal } from './journal.ts';
import { Network } from './network.ts';
import { Random } from './random.ts';
import type { Services } from './services.ts';
import { defaultSettings, type Settings } from './settings.ts';
import { VirtualClock } from './virtual-clock.ts';
import type { World } from './world.ts';

export interface WorldOptions {
  /** Twelve digits; default the account id that AWS uses in its own examples. */
  readonly accountId?: string;
  /** Default `us-east-1`. */
  readonly region?: string;
  /** Seed of every random choice; default 1. */
  readonly seed?: number;
  /** Default `skip`. */
  readonly time?: TimeMode;
  /** First instant of virtual time, epoch milliseconds; default the machine's clock. */
  readonly startMs?: number;
  readonly settings?: Partial<Settings>;
}

const exampleAccountId = '123456789012';

/** `http://HOST:PORT` as the caller of the moment reaches it, and as this machine always does. */
export interface Endpoints {
  readonly ofCaller: () => string;
  readonly own: string;
}

/**
 * A world without services; `attach` gives it its services once they are built upon it, `dispose` stops its
 * clock and removes its folder.
 */
export function buildWorld(options: WorldOptions): {
  world: World & { dispose(): void };
  attach(services: Services, endpoints: Endpoints): void;
} {
  const random = new Random(options.seed ?? 1);
  const clock = new VirtualClock({
    mode: options.time ?? 'skip',
    ...(options.startMs !== undefined && { startMs: options.startMs }),
    onJump: (byMs) => journal.record('clock.jumped', { byMs: Math.round(byMs) }),
  });
  const journal = new Journal(() => clock.now());
  let attached: { services: Services; endpoints: Endpoints } | undefined;
  const need = () => {
    if (!attached) throw new Error('The simulator is still being built: no services yet');
    return attached;
  };
  const settings = { ...defaultSettings, ...options.settings };
  const region = options.region ?? 'us-east-1';
  const directory = mkdtempSync(join(tmpdir(), 'greengate-'));
  const world: World & { dispose(): void } = {
    identity: { accountId: options.accountId ?? exampleAccountId, region },
    clock,
    journal,
    random,
    ids: new Ids(random),
    network: new Network(),
    settings,
    faults: new Faults(random),
    quotas: new Quotas(clock, settings, region),
    assets: new AssetStore(),
    directory,
    dispose: () => {
      clock.stop();
      rmSync(directory, { recursive: true, force: true });
    },
    endpoint: () => need().endpoints.ofCaller(),
    ownEndpoint: () => need().endpoints.own,
    get services() {
      return need().services;
    },
  };
  return {
    world,
    attach: (services, endpoints) => {
      attached = { services, endpoints };
    },
  };
}
