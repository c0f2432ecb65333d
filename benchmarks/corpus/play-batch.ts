import type { Assemblies } from './assemblies.ts';
import { findEntries } from './catalogue/find-entries.ts';
import type { CorpusEntry } from './entry.ts';
import type { Method, MethodStage } from './methods/method.ts';
import type { PlayedRelease } from './played-release.ts';

/**
 * Plays entries one after the other on one stage. A release that stayed has replaced the original, and one
 * that broke the rehearsal may have left anything behind: the next one gets a stage of its own.
 */
export async function playBatch(
  method: Method,
  names: readonly string[],
  assemblies: Assemblies,
  onPlayed: (release: PlayedRelease) => void,
): Promise<void> {
  let stage: MethodStage | undefined;
  try {
    for (const [number, entry] of findEntries(names).entries()) {
      const release = await attempt(entry, async () => {
        stage ??= await method.open(entry, assemblies);
        return stage.play(entry, number + 1);
      });
      onPlayed(release);
      if (release.outcome !== 'deployed' && release.outcome !== 'broken') continue;
      await stage?.stop();
      stage = undefined;
    }
  } finally {
    await stage?.stop();
  }
}

async function attempt(
  { name, kind }: CorpusEntry,
  play: () => Promise<PlayedRelease>,
): Promise<PlayedRelease> {
  const startedAtMs = performance.now();
  try {
    return await play();
  } catch (error) {
    return {
      name,
      kind,
      outcome: 'broken',
      caughtBy: 'none',
      productionRequestsServed: 0,
      reason: `The rehearsal broke: ${error instanceof Error ? error.message : String(error)}`,
      wallSeconds: (performance.now() - startedAtMs) / 1_000,
    };
  }
}
