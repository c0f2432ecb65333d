import { join } from 'node:path';
import { buildBundles } from '../../infra/bundling/build-bundles.ts';
import { buildApp } from '../../infra/synthesize.ts';
import type { CorpusEntry, ProfileName } from './entry.ts';
import { profileFile, readProfile } from './profiles.ts';
import { writeBaseline } from './workload.ts';

/** What decides how a stage is built; entries that agree in it can follow each other on one. */
export type Setting = Pick<CorpusEntry, 'profile' | 'baseline' | 'stage'>;

export function settingKey({ profile, baseline, stage }: Setting): string {
  return `${profile}, ${stage}, over ${baseline}`;
}

/** Synthesizes what a setting needs, bundles once per profile and templates once per setting. */
export class Assemblies {
  readonly #directory: string;
  readonly #bundles = new Map<ProfileName, Promise<string>>();
  readonly #assemblies = new Map<string, Promise<string>>();

  /** A scratch folder that the caller removes. */
  constructor(directory: string) {
    this.#directory = directory;
  }

  /** Folder of the cloud assembly. */
  of(setting: Setting): Promise<string> {
    const key = settingKey(setting);
    const known = this.#assemblies.get(key);
    if (known !== undefined) return known;
    const built = this.#synthesize(setting, this.#assemblies.size);
    this.#assemblies.set(key, built);
    return built;
  }

  async #synthesize(setting: Setting, position: number): Promise<string> {
    const app = buildApp({
      config: readProfile(setting.profile),
      bundleDirectory: await this.#bundle(setting.profile),
      workloadDirectory: writeBaseline(this.#directory, setting),
      outDirectory: join(this.#directory, `assembly-${position}`),
    });
    return app.synth().directory;
  }

  #bundle(profile: ProfileName): Promise<string> {
    const known = this.#bundles.get(profile);
    if (known !== undefined) return known;
    const outDirectory = join(this.#directory, `functions-${profile}`);
    const config = readProfile(profile);
    const built = buildBundles({
      config,
      outDirectory,
      configFile: profileFile(profile),
    }).then(() => outDirectory);
    this.#bundles.set(profile, built);
    return built;
  }
}
