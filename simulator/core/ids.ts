import type { Random } from './random.ts';

const digits = '0123456789';
const hex = '0123456789abcdef';
const upperAlphanumeric = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789';

/** Identifiers in the formats AWS uses; unique within a run, repeatable with the seed. */
export class Ids {
  readonly #random: Random;

  constructor(random: Random) {
    this.#random = random;
  }

  /** RFC 4122 version 4 layout. */
  uuid(): string {
    const part = (length: number) => this.#random.text(length, hex);
    return `${part(8)}-${part(4)}-4${part(3)}-a${part(3)}-${part(12)}`;
  }

  hex(length: number): string {
    return this.#random.text(length, hex);
  }

  digits(length: number): string {
    return this.#random.text(length, digits);
  }

  /** `d-` plus nine upper-case alphanumerics (aws-facts 3.5). */
  deployment(): string {
    return `d-${this.#random.text(9, upperAlphanumeric)}`;
  }

  /** Suffix CloudFormation gives generated physical names. */
  nameSuffix(): string {
    return this.#random.text(12, upperAlphanumeric);
  }
}
