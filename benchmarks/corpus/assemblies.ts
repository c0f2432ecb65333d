import { join } from 'node:path';
import type { Config } from '../../functions/core/config/schema.ts';
import { buildBundles } from '../../infra/bundling/build-bundles.ts';
import { buildApp } from '../../infra/synthesize.ts';
import type { CorpusEntry } from './entry.ts';
import { synthesizeForPeers } from './methods/peer-assembly.ts';
import { profileFile, readProfile } from './profiles.ts';
import { isSecure, secure } from './secure-stage.ts';
import { writeBaseline } from './workload.ts';

/** What decides how a stage is built; entries that agree in it can follow each other on one. */
export type Setting = Pick<CorpusEntry, 'profile' | 'baseline' | 'stage'>;

export function settingKey({ profile, baseline, stage }: Setting): string {
  return `${profile}, ${stage}, over ${baseline}`;
}

/** What is made of a profile. */
export interface Variant {
  readonly name: string;
  readonly change: (config: Config) => Config;
}

const asItIs: Variant = { name: '', change: (config) => config };

/**
 * Synthesizes what a setting needs, bundles once per profile and templates once per setting; for HTTPS anew
 * each time, because each simulator has an authority of its own.
 */
export class Assemblies {
  readonly #directory: string;
  readonly #known = new Map<string, Promise<string>>();
  #count = 0;

  /** A scratch folder that the caller removes. */
  constructor(directory: string) {
    this.#directory = directory;
  }

  /** Folder of the cloud assembly. `authority` is the PEM that clients of the stage trust. */
  of(setting: Setting, authority: string, variant: Variant = asItIs): Promise<string> {
    const scope = `${variant.name}${isSecure(setting.stage) ? ` #${this.#count}` : ''}`;
    return this.#once(`${settingKey(setting)}${scope}`, async () => {
      const number = this.#count++;
      const config = variant.change(readProfile(setting.profile, authority));
      const configFile = profileFile(setting.profile);
      const bundleDirectory = await this.#once(`${setting.profile}${scope}`, async () => {
        const outDirectory = join(this.#directory, `functions-${number}`);
        await buildBundles({ config, configFile, outDirectory });
        return outDirectory;
      });
      const app = buildApp({
        config,
        bundleDirectory,
        workloadDirectory: writeBaseline(this.#directory, setting),
        outDirectory: join(this.#directory, `assembly-${number}`),
      });
      const { directory } = app.synth();
      if (isSecure(setting.stage)) secure(directory, setting.stage);
      return directory;
    });
  }

  /** Folder of what the peers have: the sample service, and no controller. */
  ofPeers(setting: Setting): Promise<string> {
    const { stage, baseline } = setting;
    return this.#once(`${stage}, over ${baseline}, without Greengate`, () =>
      synthesizeForPeers(join(this.#directory, `peers-${stage}-${baseline}`), setting),
    );
  }

  #once(key: string, make: () => Promise<string>): Promise<string> {
    const known = this.#known.get(key);
    if (known !== undefined) return known;
    const made = make();
    this.#known.set(key, made);
    return made;
  }
}
