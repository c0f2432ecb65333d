import { deploymentRecordKeys } from '../core/deployment/deployment-record-keys.ts';
import type { HookReport } from '../core/hooks/hook-report.ts';
import { parseHookReport } from '../core/hooks/parse-hook-report.ts';
import { hookLifecycleEvents } from '../core/lifecycle-events.ts';
import type { ConcludeDeps } from './conclude-deps.ts';

/** The reports that hooks left, in the order of their lifecycle events; unreadable ones are left out. */
export async function readHookReports(
  deploymentId: string,
  { records, log }: Pick<ConcludeDeps, 'records' | 'log'>,
): Promise<HookReport[]> {
  const found = await Promise.all(
    hookLifecycleEvents.map(async (lifecycleEvent) => {
      try {
        return parseHookReport(
          await records.read(deploymentRecordKeys.hook(deploymentId, lifecycleEvent)),
        );
      } catch (error) {
        // Losing a record loses evidence, never the conclusion (design D2).
        log.warn('hook record unreadable', { deploymentId, lifecycleEvent, error });
        return undefined;
      }
    }),
  );
  return found.filter((report) => report !== undefined);
}
