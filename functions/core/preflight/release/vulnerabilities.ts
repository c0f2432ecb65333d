import type { PreflightConfig } from '../../config/preflight-schema.ts';
import { UnsupportedError } from '../../errors.ts';
import type { ImageScan } from '../../ports/image-scans.ts';
import type { Finding } from '../finding.ts';
import type { PreflightCheck } from '../preflight-check.ts';
import { SkipCheck } from '../skip-check.ts';
import { type AwaitedScan, isUnfinished } from './await-scan.ts';
import type { ReleaseFacts } from './release-facts.ts';

type Bounds = PreflightConfig['vulnerabilities'];

const severities = ['critical', 'high', 'medium'] as const;

/** Enhanced scanning never completes: its findings are kept up to date, and its state is ACTIVE (aws-facts 1.5). */
const finished: readonly string[] = ['COMPLETE', 'ACTIVE'];

/** States in which ECR has no findings and will not get any by itself. */
const withoutFindings: readonly string[] = [
  'UNSUPPORTED_IMAGE',
  'SCAN_ELIGIBILITY_EXPIRED',
  'FINDINGS_UNAVAILABLE',
  'LIMIT_EXCEEDED',
  'IMAGE_ARCHIVED',
];

export const vulnerabilities: PreflightCheck<ReleaseFacts> = {
  id: 'vulnerabilities',
  title: 'The image has no more known vulnerabilities than are allowed',
  remedy:
    'Rebuild the image with patched packages, or raise the bound in preflight.vulnerabilities',
  waitMs: ({ vulnerabilities: bounds }) => (isBounded(bounds) ? bounds.waitSeconds * 1_000 : 0),

  async judge(facts) {
    const bounds = facts.subject.service.preflight.vulnerabilities;
    if (!isBounded(bounds)) {
      return { status: 'SKIP', reason: 'Every bound in preflight.vulnerabilities is unlimited' };
    }
    const awaited = await scanOf(facts);
    return judgeScan(awaited, bounds);
  },
};

/** Findings belong to the manifest of one platform; without it there is nothing to ask for. */
async function scanOf(facts: ReleaseFacts): Promise<AwaitedScan> {
  try {
    return await facts.scan();
  } catch (error) {
    if (!(error instanceof UnsupportedError)) throw error;
    throw new SkipCheck('The image has no manifest for the platform that tasks run on');
  }
}

function judgeScan({ scan, awaitsBegin, waitedMs }: AwaitedScan, bounds: Bounds): Finding {
  if (scan === undefined) {
    return awaitsBegin
      ? unfinishedScan('the repository scans on push, but no scan has begun', waitedMs, bounds)
      : judgeUnscanned('ECR never scanned the image', bounds);
  }
  const { status, severityCounts } = scan;
  const said = scan.description ? `${status}: ${scan.description}` : status;
  // What is known counts, however stale: a scan that no longer runs unfinds nothing.
  if (withoutFindings.includes(status) && Object.keys(severityCounts).length === 0) {
    return judgeUnscanned(`ECR has no findings of the image (${said})`, bounds);
  }
  if (isUnfinished(scan)) return unfinishedScan(`the scan is ${said}`, waitedMs, bounds);
  if (!finished.includes(status) && !withoutFindings.includes(status)) {
    return {
      status: 'NG',
      expected: 'a scan that is COMPLETE (basic) or ACTIVE (enhanced)',
      observed: `the scan is ${said}`,
      remedy:
        'Start the scan again, or push the image again if it was scanned in the last 24 hours',
    };
  }
  return judgeCounts(scan, bounds, waitedMs);
}

/** Never a pass: what the scan would find is not known (promise P5). */
function unfinishedScan(said: string, waitedMs: number, { waitSeconds }: Bounds): Finding {
  return {
    status: 'NG',
    expected: `a finished scan within ${waitSeconds} s`,
    observed: `${said} after a wait of ${Math.round(waitedMs / 1_000)} s`,
    remedy: 'Wait for the scan and redrive, or raise preflight.vulnerabilities.waitSeconds',
  };
}

function judgeCounts(scan: ImageScan, bounds: Bounds, waitedMs: number): Finding {
  const counted = severities.map((severity) => ({
    severity,
    count: scan.severityCounts[severity.toUpperCase()] ?? 0,
    bound: bounds[severity],
  }));
  const observed = counted.map(({ severity, count }) => `${count} ${severity}`).join(', ');
  const over = counted.filter(({ count, bound }) => bound !== 'unlimited' && count > bound);
  if (over.length === 0) {
    const waited = waitedMs >= 1_000 ? `, after a wait of ${Math.round(waitedMs / 1_000)} s` : '';
    return { status: 'OK', observed: `${observed}${waited}` };
  }
  return {
    status: 'NG',
    expected: `at most ${over.map(({ severity, bound }) => `${bound} ${severity}`).join(', ')}`,
    observed,
    remedy:
      'Rebuild the image with patched packages, or raise the bound in preflight.vulnerabilities',
  };
}

function judgeUnscanned(observed: string, { neverScanned }: Bounds): Finding {
  if (neverScanned === 'skip') return { status: 'SKIP', reason: observed };
  return {
    status: 'NG',
    expected: 'findings of a scan, as preflight.vulnerabilities.neverScanned is refuse',
    observed,
    remedy:
      'Turn on scan on push for the repository and push the image again, or start a scan by hand',
  };
}

function isBounded(bounds: Bounds): boolean {
  return severities.some((severity) => bounds[severity] !== 'unlimited');
}
