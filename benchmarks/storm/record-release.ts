import { openSample } from '../../test/support/simulator/open-sample.ts';
import { type ReleaseTrace, traceRelease } from './release-trace.ts';

/** Rehearses one release of the sample, with real tasks and functions, and returns what it asked of AWS and when. */
export async function recordRelease(): Promise<ReleaseTrace> {
  const sample = await openSample();
  try {
    const { journal } = sample.simulator.world;
    const fromSeq = journal.entries.length;
    const { outcome, reason } = await sample.release('v2');
    if (outcome !== 'deployed') throw new Error(`The release to trace was not deployed: ${reason}`);
    return traceRelease(journal.entries.slice(fromSeq), stepOf);
  } finally {
    await sample.stop();
  }
}

/** Of the functions that take part in each release, by the names that the templates give them. */
function stepOf(functionName: string): string | undefined {
  if (functionName.startsWith('CodeDeployHook_')) return 'lifecycle-hook';
  const step = functionName.replace(/^greengate-/, '');
  return ['sweep', 'observe-task', 'observe-execution'].includes(step) ? undefined : step;
}
