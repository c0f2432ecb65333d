import { InvalidEventError } from '../errors.ts';

/** What a text member must look like, and how to say so. */
export interface TextRule {
  readonly pattern: RegExp;
  readonly expected: string;
}

/**
 * Reads the members of a JSON object that somebody else wrote and collects everything that is wrong
 * with them, so that one message names all of it (style habit 16). Members nobody asks for are ignored:
 * AWS adds some without notice (aws-facts 1.1).
 */
export class MemberReader {
  readonly #value: Readonly<Record<string, unknown>>;
  readonly #path: string;
  readonly #problems: string[];

  private constructor(value: Readonly<Record<string, unknown>>, path: string, problems: string[]) {
    this.#value = value;
    this.#path = path;
    this.#problems = problems;
  }

  static of(value: unknown): MemberReader {
    if (isObject(value)) return new MemberReader(value, '', []);
    const problems = [`it is ${quote(value)}, expected an object`];
    return new MemberReader(deadEnd, '', problems);
  }

  /** A nested object; when it is not one, that is the only problem reported for it. */
  members(name: string): MemberReader {
    const value = this.#own(name);
    if (isObject(value)) return new MemberReader(value, this.#pathOf(name), this.#problems);
    this.#report(name, value, 'an object');
    return new MemberReader(deadEnd, '', this.#problems);
  }

  /** Without a rule, a line of at most 2,048 characters. */
  text(name: string, rule: TextRule = lineRule): string {
    const value = this.#own(name);
    if (typeof value === 'string' && !loneSurrogate.test(value) && rule.pattern.test(value)) {
      return value;
    }
    this.#report(name, value, rule === lineRule && !isFilled(value) ? 'text' : rule.expected);
    return '';
  }

  /** Undefined when the member is missing, null or empty. */
  optionalText(name: string, rule?: TextRule): string | undefined {
    const value = this.#own(name);
    if (value === undefined || value === null || value === '') return undefined;
    return this.text(name, rule);
  }

  count(name: string): number {
    const value = this.#own(name);
    if (typeof value === 'number' && Number.isSafeInteger(value) && value >= 0) return value;
    this.#report(name, value, 'a whole number from 0');
    return 0;
  }

  /** Undefined when the member is missing or null. */
  optionalCount(name: string): number | undefined {
    const value = this.#own(name);
    return value === undefined || value === null ? undefined : this.count(name);
  }

  /** True or missing; false and null count as missing. */
  optionalFlag(name: string): true | undefined {
    const value = this.#value[name];
    if (value === true) return true;
    if (value !== undefined && value !== null && value !== false) {
      this.#report(name, value, 'true or false');
    }
    return undefined;
  }

  /** A list of at most 1,000 texts. */
  texts(name: string): string[] {
    const value = this.#own(name);
    if (
      Array.isArray(value) &&
      value.length <= mostTexts &&
      value.every((item) => typeof item === 'string')
    ) {
      return value;
    }
    this.#report(name, value, 'a list of texts');
    return [];
  }

  /** Milliseconds since 1970, within what a Date can hold. */
  instantMs(name: string): number {
    const value = this.count(name);
    if (value <= latestInstantMs) return value;
    this.#report(name, value, 'milliseconds since 1970');
    return 0;
  }

  /** ISO 8601 with a time zone, e.g. `2026-09-01T10:00:00Z`. */
  instant(name: string): string {
    const value = this.#own(name);
    if (
      typeof value === 'string' &&
      instantPattern.test(value) &&
      !Number.isNaN(Date.parse(value))
    ) {
      return value;
    }
    this.#report(name, value, 'a time such as 2026-09-01T10:00:00Z');
    return '';
  }

  /** Throws InvalidEventError with every problem found so far, in the order in which they were met. */
  finish(what: string): void {
    if (this.#problems.length === 0) return;
    throw new InvalidEventError(`Cannot read ${what}: ${this.#problems.join('; ')}`, {
      details: { problems: [...this.#problems] },
    });
  }

  /** Nothing that every object inherits. */
  #own(name: string): unknown {
    return Object.hasOwn(this.#value, name) ? this.#value[name] : undefined;
  }

  #report(name: string, value: unknown, expected: string): void {
    if (this.#value === deadEnd) return;
    const path = this.#pathOf(name);
    this.#problems.push(
      value === undefined
        ? `${path} is missing, expected ${expected}`
        : `${path} is ${quote(value)}, expected ${expected}`,
    );
  }

  #pathOf(name: string): string {
    return this.#path === '' ? name : `${this.#path}.${name}`;
  }
}

const mostTexts = 1_000;
/** ECMAScript, "Time Values and Time Range". */
const latestInstantMs = 8_640_000_000_000_000;

/** What goes into calls, keys and messages is one line of bearable length, whatever it says. */
const lineRule: TextRule = {
  pattern: /^[^\p{Cc}]{1,2048}$/u,
  expected: 'a line of at most 2,048 characters',
};

/** Half a character: what was no UTF-8. */
const loneSurrogate = /\p{Cs}/u;

function isFilled(value: unknown): boolean {
  return typeof value === 'string' && value !== '';
}

/** Stands for the members of what is no object: nothing more is said about those. */
const deadEnd: Readonly<Record<string, unknown>> = Object.freeze({});

const instantPattern =
  /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(?::\d{2}(?:\.\d{1,9})?)?(?:Z|[+-]\d{2}:?\d{2})$/;

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The value as far as a message can bear it. */
function quote(value: unknown): string {
  if (Array.isArray(value)) return 'a list';
  if (isObject(value)) return 'an object';
  const text = JSON.stringify(value) ?? 'undefined';
  return text.length <= 100 ? text : `${text.slice(0, 100)}…`;
}
