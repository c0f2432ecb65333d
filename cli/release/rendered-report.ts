import type { HandReport } from './follow-by-hand.ts';
import type { ReleaseReport } from './release-report.ts';

/** What files are made of: the report of a push, or of a release by hand, which names what was asked for. */
export type RenderedReport = ReleaseReport | HandReport;
