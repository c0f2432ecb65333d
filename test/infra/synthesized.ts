import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { App } from 'aws-cdk-lib';
import { parseConfig } from '../../functions/core/config/parse.ts';
import type { Config } from '../../functions/core/config/schema.ts';
import { functionBundles } from '../../infra/bundling/function-bundles.ts';
import { controllerStackName, sampleServiceStackName } from '../../infra/names.ts';
import { repositoryRoot } from '../../infra/paths.ts';
import { buildApp, type SynthesizeOptions } from '../../infra/synthesize.ts';
import { Template } from './template.ts';

export interface Synthesized {
  readonly app: App;
  readonly controller: Template;
  readonly sample: Template;
  /** Removes what was written. */
  dispose(): void;
}

/** greengate.yaml as it stands in the repository. */
export function repositoryConfig(): Config {
  const parsed = parseConfig(
    readFileSync(join(repositoryRoot, 'greengate.yaml'), 'utf8'),
    'greengate.yaml',
  );
  if (!parsed.ok) throw new Error('greengate.yaml has mistakes');
  return parsed.config;
}

/** Both stacks, with functions of one line: what is bundled is not the template's business. */
export function synthesize(config: Config = repositoryConfig()): Synthesized {
  const directory = mkdtempSync(join(tmpdir(), 'synth-'));
  const app = buildApp(placeholderOptions(config, directory));
  const assembly = app.synth();
  const template = (name: string) =>
    new Template(
      assembly.stacks.find(({ stackName }) => stackName === name)?.template ?? { Resources: {} },
    );
  return {
    app,
    controller: template(controllerStackName),
    sample: template(sampleServiceStackName),
    dispose: () => rmSync(directory, { recursive: true }),
  };
}

/** Options for a synthesis below `directory`, bundles of one line written there. */
export function placeholderOptions(config: Config, directory: string): SynthesizeOptions {
  for (const name of functionBundles) {
    mkdirSync(join(directory, 'functions', name), { recursive: true });
    writeFileSync(
      join(directory, 'functions', name, 'index.mjs'),
      `export const handler = '${name}';\n`,
    );
  }
  return {
    config,
    bundleDirectory: join(directory, 'functions'),
    outDirectory: join(directory, 'assembly'),
  };
}
