import { pushWorkload } from '../../../cli/rehearsal/push-workload.ts';
import { playRelease } from '../../../cli/rehearsal/release-act.ts';
import { type Stage, setStage } from '../../../cli/rehearsal/stage.ts';
import { rolledOut } from '../../../cli/rehearsal/strategies.ts';
import { isRollingTarget } from '../../../functions/core/config/strategy-of.ts';
import type { Assemblies, Setting, Variant } from '../assemblies.ts';
import { caughtBy, caughtInRollout } from '../caught-by.ts';
import type { CorpusEntry } from '../entry.ts';
import type { PlayedRelease } from '../played-release.ts';
import { corpusService, readProfile } from '../profiles.ts';
import { preflightRecordOf } from '../refused-by.ts';
import {
  clientsOf,
  openSimulator,
  patienceMs,
  prepareStage,
  serveEveryMinute,
  settle,
} from '../stage.ts';
import { buildArgumentsOf, workloadDirectory } from '../workload.ts';
import type { Method, MethodName, MethodStage } from './method.ts';

/** The whole rehearsal: push, workflow, preflight, CodeDeploy with our hooks, clients all the while. */
export const greengate = rehearsed('greengate', { name: '', change: (config) => config });
/** The same, rolled out by ECS: production meets a release before it is proven. */
export const greengateRolling = rehearsed('greengate-rolling', {
  name: ', rolling',
  change: rolledOut,
});

function rehearsed(name: MethodName, variant: Variant): Method {
  return { name, open: (setting, assemblies) => open(setting, assemblies, variant) };
}

async function open(
  setting: Setting,
  assemblies: Assemblies,
  variant: Variant,
): Promise<MethodStage> {
  const simulator = await openSimulator(setting.stage);
  const stops = [() => simulator.stop()];
  const stop = async () => {
    for (const end of stops.splice(0).reverse()) await end();
  };
  try {
    const authority = simulator.models.acm.authority.certificatePem;
    await simulator.deployAssembly(await assemblies.of(setting, authority, variant));
    await prepareStage(simulator, setting.stage);
    const service = corpusService(variant.change(readProfile(setting.profile, authority)));
    const stage = await setStage({
      simulator,
      service,
      patienceMs,
      ...clientsOf(simulator, setting.stage),
    });
    stops.push(async () => {
      stage.ledger.close();
      await stage.traffic.stop();
    });
    stage.traffic.start();
    return { play: (entry, number) => play(stage, entry, `v${number + 1}`), stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

async function play(stage: Stage, entry: CorpusEntry, tag: string): Promise<PlayedRelease> {
  const { simulator, service, watcher } = stage;
  const { journal } = simulator.world;
  await settle(simulator);
  const startedAtMs = performance.now();
  const fromSeq = journal.entries.length;
  const stopServing = serveEveryMinute(simulator, stage);
  const release = await playRelease(stage, {
    push: async () => {
      const pushed = await pushWorkload(
        simulator,
        service.image.repository,
        tag,
        buildArgumentsOf(entry),
        { directory: workloadDirectory, architecture: entry.architecture },
      );
      stage.nameRelease(pushed.digest, tag);
      stage.nameRelease(pushed.platformDigest, tag);
      return pushed;
    },
  }).finally(stopServing);
  const preflight = preflightRecordOf(release.executionArn, service.name, journal, (key) =>
    watcher.record(key),
  );
  return {
    name: entry.name,
    kind: entry.kind,
    outcome: release.outcome,
    caughtBy: isRollingTarget(service.target)
      ? caughtInRollout(release, journal, fromSeq, preflight)
      : caughtBy(release, journal, fromSeq, preflight),
    productionRequestsServed: release.productionRequests,
    reason: release.reason,
    wallSeconds: (performance.now() - startedAtMs) / 1_000,
  };
}
