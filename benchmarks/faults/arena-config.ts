import { rollingSample } from '../../cli/rehearsal/strategies.ts';
import { synthesizeForSimulator } from '../../cli/rehearsal/synthesize-for-simulator.ts';
import { check } from '../../functions/core/config/check-schemas.ts';
import type { Config, ServiceConfig } from '../../functions/core/config/schema.ts';
import type { Strategy } from '../../functions/core/config/target-schema.ts';
import { readConfig } from '../../infra/read-config.ts';

/** No bound for the latency: a crowded machine would fail it, and that would be no fault of the campaign's. */
const quickCheck = check.parse({
  type: 'http',
  path: '/products',
  requests: 3,
  concurrency: 1,
  // Real time: a crowded machine is no fault of the campaign's.
  timeoutMs: 10_000,
  expect: { status: 200 },
});

/** One cheap check, and a newer push that may take an older one's place: the rest of a release is Greengate's own. */
export function arenaConfig(strategy: Strategy): Config {
  const { services, ...config } = readConfig();
  const changed = services.map(
    (service): ServiceConfig => ({
      ...service,
      ...(strategy === 'ecs-rolling' && { target: rollingSample }),
      checks: {
        afterAllowTestTraffic: [quickCheck],
        beforeAllowTraffic: [],
        afterAllowTraffic: [],
      },
      onNewerPush: 'supersede',
      endRetentionEarly: true,
    }),
  );
  return { ...config, services: changed };
}

/** The service that an arena releases. */
export function arenaService(strategy: Strategy): ServiceConfig {
  const [service] = arenaConfig(strategy).services;
  if (service === undefined) throw new Error('greengate.yaml has no service');
  return service;
}

/** Writes the cloud assembly that arenas are opened with, into a folder of the caller's. */
export function synthesizeArena(
  directory: string,
  strategy: Strategy = 'codedeploy',
): Promise<string> {
  return synthesizeForSimulator(arenaConfig(strategy), directory);
}
