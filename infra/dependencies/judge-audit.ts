export interface AuditJudgement {
  readonly kind: 'passed' | 'findings' | 'skipped';
  readonly lines: readonly string[];
}

interface AuditReport {
  readonly vulnerabilities?: Readonly<
    Record<string, { readonly severity?: string; readonly range?: string }>
  >;
  readonly metadata?: unknown;
  readonly message?: string;
  readonly error?: { readonly summary?: string };
}

const refused = ['high', 'critical'];

/**
 * Judges what `npm audit --json` printed. A registry without advisories, or none within reach, is no finding and no
 * pass: it is skipped, and said so. Whatever else is no report is skipped likewise, as npm tells all by text.
 */
export function judgeAudit(output: string): AuditJudgement {
  const report = parse(output);
  if (report?.vulnerabilities === undefined || report.metadata === undefined) {
    const why = report?.message ?? report?.error?.summary ?? 'npm gave no report';
    return { kind: 'skipped', lines: [`audit skipped, not passed: ${why}`] };
  }
  const found = Object.entries(report.vulnerabilities).filter(([, { severity = '' }]) =>
    refused.includes(severity),
  );
  if (found.length === 0)
    return { kind: 'passed', lines: ['audit: no finding of high or critical'] };
  const lines = found.map(
    ([name, { severity, range = 'any version' }]) => `audit: ${severity} in ${name} ${range}`,
  );
  return { kind: 'findings', lines };
}

function parse(output: string): AuditReport | undefined {
  try {
    const report: unknown = JSON.parse(output);
    return typeof report === 'object' && report !== null ? report : undefined;
  } catch {
    return undefined;
  }
}
