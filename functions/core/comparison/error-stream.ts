import { logMarginEvidence } from '../statistics/margin-process.ts';
import type { PairedOutcome } from './comparison-settings.ts';
import { type Rest, SignRace } from './sign-race.ts';

/** Measured with `npm run bench:decisions`: bursts of twenty count once or twice, single errors lose little. */
export const errorRest: Rest = { recovery: 4, atMost: 16 };

/** Log of the evidence against the replacement above which a pass asks for more. */
const suspicion = Math.log(1.2);
/** What a pass then has to rule out, as a part of `detect`. */
const closerLook = 0.25;

/** The error shares of both sides on one path, or on all: the evidence for either verdict. */
export class ErrorStream {
  readonly #worse = new SignRace(errorRest);
  readonly #detect: number;
  readonly #passesAt: number;
  #pairs = 0;
  #onlyReplacement = 0;
  #onlyOriginal = 0;
  #both = 0;

  /** `passesAt` is the log of the evidence that a pass needs. */
  constructor(detect: number, passesAt: number) {
    this.#detect = detect;
    this.#passesAt = passesAt;
  }

  get pairs(): number {
    return this.#pairs;
  }

  /** Log of the evidence that the replacement's share is higher. */
  get logWorse(): number {
    return this.#worse.logEvidence;
  }

  /** Log of the evidence that it is not higher by `detect`. */
  get logAlike(): number {
    return logMarginEvidence(this.differences, this.#detect);
  }

  /**
   * Whether something points to a defect smaller than `detect`: an error or two of the replacement alone, and
   * not yet enough pairs without to call them chance.
   */
  get isSuspicious(): boolean {
    return (
      this.logWorse > suspicion &&
      logMarginEvidence(this.differences, closerLook * this.#detect) < this.#passesAt
    );
  }

  /** Nothing but errors on either side shows that nobody asked the right thing, and not that the release is well. */
  get deniesPass(): boolean {
    return this.#pairs > 0 && this.errors.replacement === this.#pairs;
  }

  get bets(): { readonly accused: number; readonly other: number } {
    return this.#worse.bets;
  }

  /** Pairs by replacement's error minus original's. */
  get differences(): { readonly minus: number; readonly zero: number; readonly plus: number } {
    return {
      plus: this.#onlyReplacement,
      minus: this.#onlyOriginal,
      zero: this.#pairs - this.#onlyReplacement - this.#onlyOriginal,
    };
  }

  get errors(): { readonly original: number; readonly replacement: number } {
    return {
      original: this.#onlyOriginal + this.#both,
      replacement: this.#onlyReplacement + this.#both,
    };
  }

  observe(original: PairedOutcome, replacement: PairedOutcome): void {
    this.#pairs += 1;
    if (original.error && replacement.error) this.#both += 1;
    else if (original.error) this.#onlyOriginal += 1;
    else if (replacement.error) this.#onlyReplacement += 1;
    this.#worse.observe(replacement.error, original.error);
  }
}
