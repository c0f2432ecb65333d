import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { z } from 'zod';
import { UsageError } from '../../cli/terminal/run-command.ts';
import { methodNames } from './methods/describe-methods.ts';
import type { MethodName } from './methods/method.ts';
import { judgePlayed, type PlayedRelease } from './played-release.ts';

const played = z.object({
  name: z.string(),
  kind: z.enum(['bad', 'awkward']),
  outcome: z.string(),
  caughtBy: z.string(),
  productionRequestsServed: z.number(),
  reason: z.string(),
  wallSeconds: z.number(),
});
const earlier = z.object({ run: z.string(), judgement: z.string(), reason: z.string() });
const kept = played.extend({
  method: z.enum(methodNames),
  /** When the run that played it started, ISO 8601. */
  run: z.string(),
  /** How it went in runs before, so that nothing that was played again is lost. */
  earlier: z.array(earlier),
});
const keptFile = z.object({ releases: z.array(kept) });

export type KeptRelease = z.infer<typeof kept>;

/** Releases of several runs, the last of each: what one machine cannot play in one go. */
export class KeptResults {
  readonly #byKey = new Map<string, KeptRelease>();
  readonly #run: string;
  readonly #file: string | undefined;

  /**
   * `run` is when this run starts, ISO 8601. `others` are files of runs that went on elsewhere meanwhile. UsageError
   * for a file that is not one of ours.
   */
  constructor(run: string, file?: string, others: readonly string[] = []) {
    this.#run = run;
    this.#file = file;
    const own = file !== undefined && existsSync(file) ? [file] : [];
    for (const release of [...own, ...others].flatMap((one) => parse(one).releases)) {
      const known = this.#byKey.get(keyOf(release));
      if (known === undefined || known.run < release.run) this.#byKey.set(keyOf(release), release);
    }
    if (others.length > 0) this.#write();
  }

  /** Written at once: a run that is interrupted loses nothing. */
  add(method: MethodName, release: PlayedRelease): void {
    const before = this.#byKey.get(keyOf({ method, name: release.name }));
    const earlier = before
      ? [
          ...before.earlier,
          { run: before.run, judgement: judgePlayed(before), reason: before.reason },
        ]
      : [];
    const added = { ...release, method, run: this.#run, earlier };
    this.#byKey.set(keyOf(added), added);
    this.#write();
  }

  has(method: MethodName, name: string): boolean {
    return this.#byKey.has(keyOf({ method, name }));
  }

  all(): KeptRelease[] {
    return [...this.#byKey.values()];
  }

  /** By method, in the order of `names`; methods that played nothing are left out. */
  results(names: readonly string[]): Map<MethodName, KeptRelease[]> {
    const byMethod = methodNames.map((method) => {
      const releases = names.flatMap((name) => this.#byKey.get(keyOf({ method, name })) ?? []);
      return [method, releases] as const;
    });
    return new Map(byMethod.filter(([, releases]) => releases.length > 0));
  }

  #write(): void {
    if (this.#file === undefined) return;
    writeFileSync(this.#file, `${JSON.stringify({ releases: this.all() }, undefined, 2)}\n`);
  }
}

function keyOf({ method, name }: Pick<KeptRelease, 'method' | 'name'>): string {
  return `${method} ${name}`;
}

function parse(file: string): z.infer<typeof keptFile> {
  try {
    return keptFile.parse(JSON.parse(readFileSync(file, 'utf8')));
  } catch (error) {
    const problem = error instanceof z.ZodError ? z.prettifyError(error) : String(error);
    throw new UsageError(`${file} holds no kept releases of this benchmark: ${problem}`);
  }
}
