import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { repositoryRoot } from '../../infra/paths.ts';
import packageJson from '../../package.json';
import type { Answers } from './answers.ts';
import { adoptingApp, newApp } from './templates/app.ts';
import { configuration } from './templates/configuration.ts';
import { firstImageFiles } from './templates/first-image.ts';
import { readme } from './templates/readme.ts';

export interface ProjectFile {
  /** Relative, with `/`. */
  readonly path: string;
  readonly text: string;
  /**
   * Projects have such a file anyway: where there is one it is left alone, and this, which belongs into it, is shown. Any
   * other file that exists stops everything.
   */
  readonly shownIfThere?: string;
}

/** Everything that `greengate init` writes. */
export function projectFiles(answers: Answers): ProjectFile[] {
  const isNew = answers.mode === 'new';
  const own = (path: string, text: string): ProjectFile => ({ path, text });
  const { name, private: isPrivate, ...shared } = packageSettings(answers);
  const ignored = 'node_modules/\ncdk.out/\n';
  return [
    own('greengate.yaml', configuration(answers)),
    own('app.mts', isNew ? newApp(answers) : adoptingApp(answers)),
    ...(isNew ? firstImageFiles(answers).map(({ path, text }) => own(path, text)) : []),
    own('cdk.json', json(cdkSettings())),
    own('tsconfig.json', json(compilerSettings)),
    own('README.md', readme(answers)),
    {
      path: 'package.json',
      text: json({ name, private: isPrivate, ...shared }),
      shownIfThere: json(shared),
    },
    { path: '.gitignore', text: ignored, shownIfThere: ignored },
  ];
}

/** With the feature flags that the constructs are tested under. */
function cdkSettings() {
  const { context } = JSON.parse(readFileSync(join(repositoryRoot, 'cdk.json'), 'utf8'));
  return { app: 'node --import tsx app.mts', output: 'cdk.out', context };
}

const compilerSettings = {
  compilerOptions: {
    target: 'es2023',
    module: 'nodenext',
    strict: true,
    noEmit: true,
    skipLibCheck: true,
    types: ['node'],
  },
  include: ['**/*.mts', '**/*.ts'],
  exclude: ['node_modules', 'cdk.out'],
};

/**
 * Versions are those that this Greengate was tested with. Its own is not among them: the name is on no registry, and
 * `npm install` would fetch whatever somebody puts there. `installCommand` adds the tarball.
 */
function packageSettings({ name }: Answers) {
  const { dependencies, devDependencies } = packageJson;
  return {
    name: `${name.toLowerCase()}-deployment`,
    private: true,
    scripts: {
      validate: 'greengate validate',
      types: 'tsc',
      synth: 'cdk synth --quiet',
      diff: 'cdk diff',
      deploy: 'cdk deploy --all',
    },
    devDependencies: {
      '@types/node': dependencies['@types/node'],
      'aws-cdk': devDependencies['aws-cdk'],
      'aws-cdk-lib': devDependencies['aws-cdk-lib'],
      constructs: devDependencies.constructs,
      tsx: dependencies.tsx,
      typescript: dependencies.typescript,
    },
  };
}

function json(value: unknown): string {
  return `${JSON.stringify(value, undefined, 2)}\n`;
}
