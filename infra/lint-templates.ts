import { spawnSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { defaultAssemblyDirectory } from './paths.ts';

/** Redundant DependsOn: the CDK writes them itself. */
const ignored = ['W3005'];

/** Part of CI: runs cfn-lint over the synthesized templates where it is installed, and says so where not. */
function lintTemplates(directory: string): number {
  if (spawnSync('cfn-lint', ['--version']).status !== 0) {
    console.log('cfn-lint: not installed, skipped');
    return 0;
  }
  const templates = readdirSync(directory)
    .filter((name) => name.endsWith('.template.json'))
    .map((name) => join(directory, name));
  if (templates.length === 0) {
    console.error(`cfn-lint: no templates in ${directory}; run npm run synth first`);
    return 1;
  }
  const { status } = spawnSync('cfn-lint', ['--ignore-checks', ...ignored, '--', ...templates], {
    stdio: 'inherit',
  });
  if (status === 0) console.log(`cfn-lint: ${templates.length} templates, no findings`);
  return status ?? 1;
}

process.exitCode = lintTemplates(process.argv[2] ?? defaultAssemblyDirectory);
