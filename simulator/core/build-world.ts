import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { AssetStore } from './asset-store.ts';
import { Ids } from './ids.ts';
import { Journal } from './journal.ts';
import { Network } from './network.ts';
import { Random } from './random.ts';
import type { Services } from './services.ts';
import { defaultSettings, type Settings } from './settings.ts';
import { VirtualClock } from './virtual-clock.ts';
import type { World } from './world.ts';

export interface WorldOptions {
  /** Default `us-east-1`. */
  readonly region?: string;
  /** Seed of every random choice; default 1. */
  readonly seed?: number;
  /** `skip` (default) jumps over idle waits, `real` waits them out. */
  readonly time?: 'skip' | 'real';
  readonly settings?: Partial<Settings>;
}

/** The account id that AWS uses in its own examples. */
const accountId = '123456789012';

/**
 * A world without services; `attach` gives it its services once they are built upon it, `dispose` stops its
 * clock and removes its folder.
 */
export function buildWorld(options: WorldOptions): {
  world: World & { dispose(): void };
  attach(services: Services, endpoint: () => string): void;
} {
  const random = new Random(options.seed ?? 1);
  const clock = new VirtualClock({
    mode: options.time ?? 'skip',
    onJump: (byMs) => journal.record('clock.jumped', { byMs: Math.round(byMs) }),
  });
  const journal = new Journal(() => clock.now());
  let attached: { services: Services; endpoint: () => string } | undefined;
  const need = () => {
    if (!attached) throw new Error('The simulator is still being built: no services yet');
    return attached;
  };
  const directory = mkdtempSync(join(tmpdir(), 'greengate-'));
  const world: World & { dispose(): void } = {
    identity: { accountId, region: options.region ?? 'us-east-1' },
    clock,
    journal,
    random,
    ids: new Ids(random),
    network: new Network(),
    settings: { ...defaultSettings, ...options.settings },
    assets: new AssetStore(),
    directory,
    dispose: () => {
      clock.stop();
      rmSync(directory, { recursive: true, force: true });
    },
    endpoint: () => need().endpoint(),
    get services() {
      return need().services;
    },
  };
  return {
    world,
    attach: (services, endpoint) => {
      attached = { services, endpoint };
    },
  };
}
