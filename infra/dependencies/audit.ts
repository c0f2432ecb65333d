import { spawnSync } from 'node:child_process';
import { judgeAudit } from './judge-audit.ts';

// npm's own exit code is the same for findings and for a registry that knows no advisories.
const { stdout } = spawnSync('npm', ['audit', '--omit=dev', '--audit-level=high', '--json'], {
  encoding: 'utf8',
  timeout: 120_000,
  maxBuffer: 64 * 1024 * 1024,
});
const { kind, lines } = judgeAudit(stdout ?? '');
for (const line of lines) console.log(line);
process.exitCode = kind === 'findings' ? 1 : 0;
