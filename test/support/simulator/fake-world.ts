import { tmpdir } from 'node:os';
import { AssetStore } from '../../../simulator/core/asset-store.ts';
import { Ids } from '../../../simulator/core/ids.ts';
import { Journal } from '../../../simulator/core/journal.ts';
import { Network } from '../../../simulator/core/network.ts';
import { Random } from '../../../simulator/core/random.ts';
import type { Services } from '../../../simulator/core/services.ts';
import { defaultSettings, type Settings } from '../../../simulator/core/settings.ts';
import { VirtualClock } from '../../../simulator/core/virtual-clock.ts';
import type { World } from '../../../simulator/core/world.ts';
import { Faults } from '../../../simulator/faults/faults.ts';
import { Quotas } from '../../../simulator/quotas/quotas.ts';

export interface TestWorldOverrides {
  /** First instant of virtual time, epoch milliseconds; default 2026-11-21T09:00:00Z. */
  readonly startMs?: number;
  readonly seed?: number;
  readonly settings?: Partial<Settings>;
  /** Scratch folder; default the machine's temporary folder, so tests that write must give their own. */
  readonly directory?: string;
  /** Per service only the methods that the test needs; anything else throws, naming itself. */
  readonly services?: { readonly [Name in keyof Services]?: Partial<Services[Name]> };
}

export type TestWorld = World & {
  /** Installs a model under test (or a late fake) as one of the services. */
  provide<Name extends keyof Services>(name: Name, service: Services[Name]): void;
};

const startMs = Date.UTC(2026, 10, 21, 9);

/** Services that are there although a test gives none: an IAM that allows everything. */
const trusting: { readonly [Name in keyof Services]?: Partial<Services[Name]> } = {
  iam: {
    roleMay: () => undefined,
    ensureServiceLinkedRole: () => {},
    authorize: () => ({ allowed: true }),
    canAssume: () => true,
    roleCredentials: ({ sessionName }) => ({
      accessKeyId: `FN.${sessionName}`,
      secretAccessKey: 'simulated',
      sessionToken: 'simulated',
      expiresAtMs: Number.MAX_SAFE_INTEGER,
    }),
  },
};

/** A world with a real virtual clock, journal, ids and network, and services made of the given fakes. */
export function createTestWorld(overrides: TestWorldOverrides = {}): TestWorld {
  const random = new Random(overrides.seed ?? 1);
  const clock = new VirtualClock({ startMs: overrides.startMs ?? startMs });
  // Tests of models make calls as fast as they can; what they are about is not the rate.
  const settings = { ...defaultSettings, requestQuotas: false, ...overrides.settings };
  const provided = new Map<string, object>();
  return {
    identity: { accountId: '111122223333', region: 'eu-west-1' },
    clock,
    journal: new Journal(() => clock.now()),
    random,
    ids: new Ids(random),
    network: new Network(),
    settings,
    faults: new Faults(random),
    quotas: new Quotas(clock, settings, 'eu-west-1'),
    assets: new AssetStore(),
    directory: overrides.directory ?? tmpdir(),
    endpoint: () => 'http://127.0.0.1:9',
    ownEndpoint: () => 'http://127.0.0.1:9',
    services: fakeServices(
      (name) => provided.get(name) ?? overrides.services?.[name] ?? trusting[name] ?? {},
    ),
    provide: (name, service) => {
      provided.set(name, service);
    },
  };
}

function fakeServices(find: (name: keyof Services) => object): Services {
  const service = (name: keyof Services) =>
    new Proxy(
      {},
      {
        get(_target, method) {
          const owner = find(name);
          const value: unknown = Reflect.get(owner, method);
          if (value === undefined) {
            throw new Error(`Fake world: the test gave no ${name}.${String(method)}`);
          }
          return typeof value === 'function' ? value.bind(owner) : value;
        },
      },
    );
  return new Proxy({} as Services, {
    get: (_target, name) => service(name as keyof Services),
  });
}
