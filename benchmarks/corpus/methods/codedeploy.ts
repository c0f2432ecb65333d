import { type Audience, seatAudience } from '../../../cli/rehearsal/audience.ts';
import { pushWorkload } from '../../../cli/rehearsal/push-workload.ts';
import { ReleaseWatcher } from '../../../cli/rehearsal/release-watcher.ts';
import { sample } from '../../../infra/names.ts';
import type { Simulator } from '../../../simulator/simulator.ts';
import type { CorpusEntry } from '../entry.ts';
import type { PlayedRelease } from '../played-release.ts';
import {
  clientsOf,
  openSimulator,
  patienceMs,
  prepareStage,
  serveEveryMinute,
  settle,
} from '../stage.ts';
import { buildArgumentsOf, workloadDirectory } from '../workload.ts';
import type { Method, MethodName } from './method.ts';
import { oneRequestHookName } from './peer-assembly.ts';
import { startDeployment } from './start-deployment.ts';
import { waitForEnd } from './wait-for-end.ts';

/** CodeDeploy as a pipeline without hooks uses it: canary, alarm and rollback of the group are all in place. */
export const noHooks = rehearsedPeer('no-hooks');
/** The same with one request at AfterAllowTestTraffic. */
export const oneRequestHook = rehearsedPeer('one-request-hook', oneRequestHookName);

function rehearsedPeer(name: MethodName, hook?: string): Method {
  return {
    name,
    open: async (setting, assemblies) => {
      const simulator = await openSimulator(setting.stage);
      const stops = [() => simulator.stop()];
      const stop = async () => {
        for (const end of stops.splice(0).reverse()) await end();
      };
      try {
        await simulator.deployAssembly(await assemblies.ofPeers(setting));
        await prepareStage(simulator, setting.stage);
        const audience = await seatAudience({
          simulator,
          application: sample.application,
          deploymentGroup: sample.deploymentGroup,
          ...clientsOf(simulator, setting.stage),
        });
        stops.push(async () => {
          audience.ledger.close();
          await audience.traffic.stop();
        });
        audience.traffic.start();
        const play = (entry: CorpusEntry, number: number) =>
          playPlain(simulator, audience, entry, `v${number + 1}`, hook);
        return { play, stop };
      } catch (error) {
        await stop();
        throw error;
      }
    },
  };
}

async function playPlain(
  simulator: Simulator,
  audience: Audience,
  entry: CorpusEntry,
  tag: string,
  hook: string | undefined,
): Promise<PlayedRelease> {
  await settle(simulator);
  const startedAtMs = performance.now();
  const { journal, identity } = simulator.world;
  const watcher = new ReleaseWatcher(simulator.world, '', patienceMs);
  const fromSeq = journal.entries.length;
  const { digest, platformDigest } = await pushWorkload(
    simulator,
    sample.repository,
    tag,
    buildArgumentsOf(entry),
    { directory: workloadDirectory, architecture: entry.architecture },
  );
  audience.nameRelease(digest, tag);
  audience.nameRelease(platformDigest, tag);
  const registry = `${identity.accountId}.dkr.ecr.${identity.region}.amazonaws.com`;
  const stopServing = serveEveryMinute(simulator, audience);
  const deploymentId = await startDeployment(simulator, {
    image: `${registry}/${sample.repository}@${digest}`,
    ...(hook !== undefined && { hook }),
  });
  const end = await waitForEnd({ watcher, journal }, deploymentId, fromSeq).finally(stopServing);
  return {
    name: entry.name,
    kind: entry.kind,
    ...end,
    productionRequestsServed: audience.ledger.requestsServedBy(tag),
    wallSeconds: (performance.now() - startedAtMs) / 1_000,
  };
}
