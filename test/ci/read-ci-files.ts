import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { repositoryRoot } from '../architecture/source-files.ts';

export interface WorkflowStep {
  readonly id?: string;
  readonly name?: string;
  readonly uses?: string;
  readonly with?: Readonly<Record<string, unknown>>;
  readonly run?: string;
  readonly env?: Readonly<Record<string, string>>;
  readonly if?: string;
}

export interface Workflow {
  readonly permissions: Readonly<Record<string, string>>;
  readonly env: Readonly<Record<string, string>>;
  readonly jobs: { readonly release: { readonly steps: readonly WorkflowStep[] } };
}

const file = (name: string) => readFileSync(join(repositoryRoot, 'docs/ci', name), 'utf8');

export function githubWorkflow(): Workflow {
  return parse(file('github-actions.yml')) as Workflow;
}

/** `${{ env.X }}`, `${{ steps.ID.outputs.NAME }}` and `${{ github.token }}` with the values that the runner would put in. */
export function substituted(text: string, values: Readonly<Record<string, string>>): string {
  return text.replace(/\$\{\{\s*([\w.-]+)\s*\}\}/g, (_, name: string) => {
    const value = values[name];
    if (value === undefined) throw new Error(`The runner of this test knows no ${name}`);
    return value;
  });
}

/** The shell steps of the Jenkinsfile in order; within ''' Groovy reads backslashes as escapes. */
export function jenkinsShellSteps(): string[] {
  const text = file('Jenkinsfile');
  return [...text.matchAll(/'''([\s\S]*?)'''/g)].map(([, script = '']) =>
    script.replace(/\\\n/g, '').replace(/\\\\/g, '\\'),
  );
}

/** `environment { NAME = 'value' }` of the Jenkinsfile. */
export function jenkinsEnvironment(): Record<string, string> {
  const block = /environment \{([\s\S]*?)\n {2}\}/.exec(file('Jenkinsfile'))?.[1] ?? '';
  return Object.fromEntries(
    [...block.matchAll(/^\s*(\w+) = '([^']*)'/gm)].map(([, name = '', value = '']) => [
      name,
      value,
    ]),
  );
}
