import { z } from 'zod/mini';
import { verdictsWorstFirst } from '../verdict/verdict.ts';
import type { HookReport } from './hook-report.ts';

const hookReport = z.looseObject({
  deploymentId: z.string(),
  lifecycleEvent: z.string(),
  hookExecutionId: z.string(),
  verdict: z.enum(verdictsWorstFirst),
  sentence: z.string(),
  checks: z.array(z.looseObject({ name: z.string(), sentence: z.string() })),
});

/** A report read back from the records; undefined when there is none or it is not one of ours. */
export function parseHookReport(document: unknown): HookReport | undefined {
  return isHookReport(document) ? document : undefined;
}

/** Checks what decides; the evidence inside is only carried on. */
function isHookReport(document: unknown): document is HookReport {
  return hookReport.safeParse(document).success;
}
