import { readFileSync, realpathSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import {
  type ConfigIssue,
  refuseConfig,
  renderProblems,
} from '../../functions/core/config/parse.ts';
import type { Config } from '../../functions/core/config/schema.ts';
import { type BundledCheck, bundleChecks, tryBundle } from './bundle-checks.ts';
import { checkContract } from './check-contract.ts';
import {
  type CustomCheckUse,
  findCustomChecks,
  isInside,
  repositoryFolder,
} from './find-custom-checks.ts';
import { type TypeProblem, typeCheck } from './type-check.ts';

/** Text of custom-checks.mjs; undefined when the configuration names no check of the user's own. */
export type BuiltCustomChecks =
  | { readonly ok: true; readonly text: string | undefined }
  /** One line each: place in greengate.yaml, then what is wrong with the file. */
  | { readonly ok: false; readonly problems: readonly string[] };

/** Finds, type-checks and bundles users' own checks; everything that is wrong with any is reported together. */
export async function buildCustomChecks(
  config: Config,
  configFile: string,
): Promise<BuiltCustomChecks> {
  const { uses, issues } = findCustomChecks(config, configFile);
  if (uses.length === 0 && issues.length === 0) return { ok: true, text: undefined };
  const folder = realpathSync(dirname(resolve(configFile)));
  const files = firstUses(uses);
  const bundled = await Promise.all(
    files.map(async (use) => ({ use, bundle: await tryBundle(use.file, folder) })),
  );
  // The compiler is silent about types while any file has a syntax error, and bundling has named those.
  const sound = bundled.filter(({ bundle }) => bundle.ok && bundle.hasDefaultExport);
  const types = sound.length === 0 ? [] : await typeCheck(sound.map(({ use }) => use.file));
  const all = [
    ...issues,
    ...bundled.flatMap(({ use, bundle }) => bundleIssues(use, bundle, folder)),
    ...typeIssues(types, sound, folder),
  ];
  if (all.length > 0) return { ok: false, problems: renderIssues(all, configFile) };
  const byKey = new Map(files.map(({ key, file }) => [key, file]));
  return { ok: true, text: await bundleChecks(byKey, folder) };
}

interface Bundled {
  readonly use: CustomCheckUse;
  readonly bundle: BundledCheck;
}

/** One use for each file: a mistake in it is said once. */
function firstUses(uses: readonly CustomCheckUse[]): CustomCheckUse[] {
  const real = uses.map((use) => ({ ...use, file: realpathSync(use.file) }));
  return real.filter(({ key }, at) => real.findIndex((one) => one.key === key) === at);
}

function bundleIssues(
  { path, key }: CustomCheckUse,
  bundle: BundledCheck,
  folder: string,
): ConfigIssue[] {
  if (!bundle.ok) {
    return bundle.problems.map((problem) => ({ path, message: `cannot be bundled: ${problem}` }));
  }
  const outside = bundle.inputs.filter((input) => !mayBeBundled(join(folder, input), folder));
  return [
    ...(bundle.hasDefaultExport
      ? []
      : [{ path, message: `${key} has no default export: export default defineCheck(…)` }]),
    ...outside.map((input) => ({
      path,
      message: `${key} imports ${input}, which lies outside the repository folder ${repositoryFolder(folder)}`,
    })),
  ];
}

/** Packages may be installed above the repository, and the contract lies wherever Greengate does. */
function mayBeBundled(file: string, folder: string): boolean {
  return (
    file.includes('/node_modules/') ||
    realpathSync(file) === realpathSync(checkContract.file) ||
    isInside(file, repositoryFolder(folder))
  );
}

function typeIssues(
  problems: readonly TypeProblem[],
  bundled: readonly Bundled[],
  folder: string,
): ConfigIssue[] {
  return problems.flatMap(({ file, message }) => {
    const owner = ownerOf(file, bundled, folder);
    if (owner === undefined) return [{ path: [], message }];
    const place = file === undefined ? '' : `${relative(folder, file)}:`;
    return [
      { path: owner.use.path, message: `${place}${/^\d/.test(message) ? '' : ' '}${message}` },
    ];
  });
}

/** The check that is the file, or imports it. */
function ownerOf(
  file: string | undefined,
  bundled: readonly Bundled[],
  folder: string,
): Bundled | undefined {
  return (
    bundled.find(({ use }) => use.file === file) ??
    bundled.find(
      ({ bundle }) => bundle.ok && bundle.inputs.some((input) => join(folder, input) === file),
    ) ??
    bundled[0]
  );
}

function renderIssues(issues: readonly ConfigIssue[], configFile: string): string[] {
  let text = '';
  try {
    text = readFileSync(configFile, 'utf8');
  } catch {
    // A configuration that was never a file has no lines; its paths are still right.
  }
  return renderProblems(refuseConfig(text, configFile, issues)).split('\n');
}
