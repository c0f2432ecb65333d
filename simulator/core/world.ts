import type { Faults } from '../faults/faults.ts';
import type { Quotas } from '../quotas/quotas.ts';
import type { Identity } from './arns.ts';
import type { AssetStore } from './asset-store.ts';
import type { Ids } from './ids.ts';
import type { Journal } from './journal.ts';
import type { Network } from './network.ts';
import type { Random } from './random.ts';
import type { Services } from './services.ts';
import type { Settings } from './settings.ts';
import type { VirtualClock } from './virtual-clock.ts';

/** Everything a simulated service may use; one per simulator, nothing is global. */
export interface World {
  readonly identity: Identity;
  readonly clock: VirtualClock;
  readonly journal: Journal;
  readonly random: Random;
  readonly ids: Ids;
  readonly network: Network;
  readonly settings: Settings;
  readonly assets: AssetStore;
  /** What goes wrong because somebody asked for it. */
  readonly faults: Faults;
  readonly quotas: Quotas;
  /** Private scratch folder of this run; removed at the end. */
  readonly directory: string;
  /**
   * `http://HOST:PORT` for addresses in answers: what the request of the moment was sent to (its Host
   * header), else this machine's own; known once the server listens.
   */
  endpoint(): string;
  /** `http://127.0.0.1:PORT`, where the simulator's own functions reach it. */
  ownEndpoint(): string;
  /** Filled once all services are built; do not touch it in a constructor. */
  readonly services: Services;
}
