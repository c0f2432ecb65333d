import { AwsError } from '../core/aws-error.ts';
import type { Random } from '../core/random.ts';
import { exceedsDataLimit, nestsTooDeeply, tooDeep } from './interpreter/data-limit.ts';
import { StatesError } from './interpreter/states-error.ts';

/** A task that waits for its token to be answered. */
export interface TokenListener {
  succeed(result: unknown): void;
  fail(error: StatesError): void;
  beat(): void;
}

const prefix = 'AQCEAAAAKgAAAAMAAAAA';
const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';
const shape = new RegExp(`^${prefix}[A-Za-z0-9]{236}$`);

/** Task tokens and who listens to them; a token that was answered or given up stays known. */
export class TaskTokens {
  readonly #random: Random;
  readonly #listeners = new Map<string, TokenListener>();
  readonly #issued = new Set<string>();
  readonly #closed = new Set<string>();

  constructor(random: Random) {
    this.#random = random;
  }

  issue(): string {
    const token = `${prefix}${this.#random.text(236, alphabet)}`;
    this.#issued.add(token);
    return token;
  }

  open(token: string, listener: TokenListener): void {
    this.#listeners.set(token, listener);
  }

  /** From now on every answer is too late. */
  close(token: string): void {
    this.#listeners.delete(token);
    this.#closed.add(token);
  }

  /** `output` is JSON text. */
  succeed(token: string, output: string): void {
    const listener = this.#listening(token);
    let result: unknown;
    try {
      result = JSON.parse(output);
    } catch (error) {
      throw new AwsError('InvalidOutput', `Invalid Output: '${(error as Error).message}'`);
    }
    if (exceedsDataLimit(output)) {
      throw new AwsError('InvalidOutput', "Invalid Output: 'longer than 262144 bytes'");
    }
    if (nestsTooDeeply(output)) {
      throw new AwsError('InvalidOutput', `Invalid Output: '${tooDeep}'`);
    }
    this.close(token);
    listener.succeed(result);
  }

  fail(token: string, error: string | undefined, cause: string | undefined): void {
    const listener = this.#listening(token);
    this.close(token);
    listener.fail(new StatesError(error, cause));
  }

  heartbeat(token: string): void {
    this.#listening(token).beat();
  }

  /** The errors of SendTask… (aws-facts 5.3): a second answer is an error, not a no-op. */
  #listening(token: string): TokenListener {
    const listener = this.#listeners.get(token);
    if (listener) return listener;
    if (!shape.test(token)) throw new AwsError('InvalidToken', "Invalid Token: 'Invalid token'");
    if (this.#closed.has(token)) {
      throw new AwsError('TaskTimedOut', "Task Timed Out: 'Provided task does not exist anymore'");
    }
    const known = this.#issued.has(token) ? 'is not scheduled yet' : 'does not exist';
    throw new AwsError('TaskDoesNotExist', `Task Does Not Exist: 'Provided task ${known}'`);
  }
}
