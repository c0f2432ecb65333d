import { PathSyntaxError } from './path.ts';

/** A cursor over the text of a path, a filter or an intrinsic function. */
export class TextReader {
  readonly text: string;
  position = 0;

  constructor(text: string) {
    this.text = text;
  }

  get done(): boolean {
    return this.position >= this.text.length;
  }

  get rest(): string {
    return this.text.slice(this.position);
  }

  skipSpace(): this {
    while (/\s/.test(this.text[this.position] ?? '')) this.position++;
    return this;
  }

  /** Takes `token` if it is next. */
  accept(token: string): boolean {
    if (!this.text.startsWith(token, this.position)) return false;
    this.position += token.length;
    return true;
  }

  expect(token: string): void {
    if (!this.accept(token)) this.fail(`'${token}' expected`);
  }

  /** Takes what a sticky expression matches here. */
  match(pattern: RegExp): string | undefined {
    const sticky = new RegExp(pattern.source, 'uy');
    sticky.lastIndex = this.position;
    const [found] = sticky.exec(this.text) ?? [];
    if (found === undefined) return undefined;
    this.position += found.length;
    return found;
  }

  /** The inside of a quoted text, its escapes still in place. */
  quoted(): string | undefined {
    const quote = this.text[this.position];
    if (quote !== "'" && quote !== '"') return undefined;
    const start = ++this.position;
    while (!this.done && this.text[this.position] !== quote) {
      this.position += this.text[this.position] === '\\' ? 2 : 1;
    }
    const inside = this.text.slice(start, this.position);
    this.expect(quote);
    return inside;
  }

  fail(reason: string): never {
    throw new PathSyntaxError(`${reason} at position ${this.position} of '${this.text}'`);
  }
}

/** Takes the backslashes away that guard the characters behind them. */
export function unescaped(text: string): string {
  return text.replace(/\\(.)/gsu, '$1');
}
