import type { ComparedPair, ComparisonSettings } from './comparison-settings.ts';
import {
  allowsPass,
  type ComparedStream,
  comparisonStreams,
  concerns,
  provesWorse,
} from './comparison-streams.ts';
import { PathAllocation } from './path-allocation.ts';

export type ComparisonState = 'running' | 'worse' | 'alike' | 'exhausted';

/**
 * The sequential judge: told pairs in the order in which they were sent, it says after each whether replacement
 * and original are told apart. `worse` as soon as any stream proves it at its share of the false alarms; `alike`
 * as soon as every path is shown to be worse by less than `detect` and nothing looks suspicious (a smaller defect
 * may still show; when the pairs run out the pass stands, for waiting cannot take it back). The chance of a
 * wrong pass needs no split: to pass wrongly, the very stream that is worse has to be wrong, whatever the others
 * say (intersection-union, Berger 1982). Once decided it takes no more pairs into account.
 */
export class ComparisonJudge {
  readonly settings: ComparisonSettings;
  readonly streams: readonly ComparedStream[];
  readonly #allocation: PathAllocation;
  readonly #passesAt: number;
  #state: ComparisonState = 'running';
  #observed = 0;

  constructor(settings: ComparisonSettings) {
    this.settings = settings;
    this.streams = comparisonStreams(settings);
    this.#passesAt = -Math.log(settings.falsePass);
    this.#allocation = new PathAllocation(settings.paths.map(({ weight }) => weight));
  }

  get state(): ComparisonState {
    return this.#state;
  }

  /** Pairs told so far, warm-up included. */
  get observed(): number {
    return this.#observed;
  }

  /** Pairs of the warm-up told so far. */
  get warmUp(): number {
    return Math.min(this.#observed, this.settings.warmUpPairs);
  }

  /** The path that the next pair should ask for; paths that are decided get none. */
  nextPath(): number {
    const open = this.#allocation.next((path) => !this.#isDone(path));
    return open ?? this.#allocation.next(() => true) ?? 0;
  }

  observe(pair: ComparedPair): ComparisonState {
    if (this.#state !== 'running') return this.#state;
    this.#observed += 1;
    if (this.#observed > this.settings.warmUpPairs) this.#weigh(pair);
    if (this.#state === 'running' && this.#observed >= this.settings.pairs) {
      this.#state = this.#allAlike() ? 'alike' : 'exhausted';
    }
    return this.#state;
  }

  /** Ends it where no more pairs can be sent; a pass that was held back stands. */
  stop(): ComparisonState {
    if (this.#state === 'running') this.#state = this.#allAlike() ? 'alike' : 'exhausted';
    return this.#state;
  }

  /** The stream that proved the replacement worse. */
  get proof(): ComparedStream | undefined {
    return this.streams.find((stream) => provesWorse(stream));
  }

  #weigh(pair: ComparedPair): void {
    for (const stream of this.streams) {
      if (!concerns(stream, pair)) continue;
      stream.evidence.observe(pair.original, pair.replacement);
      stream.alike ||= stream.evidence.logAlike >= this.#passesAt;
    }
    if (this.proof !== undefined) this.#state = 'worse';
    else if (this.#allAlike() && !this.streams.some(({ evidence }) => evidence.isSuspicious))
      this.#state = 'alike';
  }

  #allAlike(): boolean {
    return this.streams.every((stream) => !stream.required || allowsPass(stream));
  }

  #isDone(path: number): boolean {
    return this.streams.every(
      (stream) => stream.path !== path || (allowsPass(stream) && !stream.evidence.isSuspicious),
    );
  }
}
