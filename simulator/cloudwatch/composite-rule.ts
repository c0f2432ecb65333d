import { AwsError } from '../core/aws-error.ts';
import type { AlarmState } from './alarm-evaluation.ts';

/** A compiled AlarmRule of a composite alarm. */
export interface CompositeRule {
  /** Names of the alarms that it refers to. */
  readonly children: readonly string[];
  holds(stateOf: (name: string) => AlarmState | undefined): boolean;
}

type Node = CompositeRule['holds'];

/** Alarms, TRUE, FALSE and parentheses of one rule [model PutCompositeAlarm]. */
const mostElements = 500;

/** `ALARM(a) AND (OK("b c") OR NOT INSUFFICIENT_DATA(arn))`, TRUE and FALSE [model PutCompositeAlarm]. */
export function compileCompositeRule(source: string): CompositeRule {
  const parser = new Parser(source);
  return { holds: parser.parse(), children: [...parser.children] };
}

class Parser {
  readonly children = new Set<string>();
  readonly #source: string;
  readonly #tokens: string[];
  #at = 0;

  constructor(source: string) {
    this.#source = source;
    this.#tokens = source.match(/"(?:[^"\\]|\\.)*"|[()]|[^\s()"]+/g) ?? [];
  }

  parse(): Node {
    if (this.#elements() > mostElements) throw this.#refuse();
    const root = this.#chain('OR', () => this.#chain('AND', () => this.#factor()));
    if (this.#at < this.#tokens.length) throw this.#refuse();
    return root;
  }

  /** Each alarm brings one opening parenthesis, which counts for it. */
  #elements(): number {
    return this.#tokens.filter((token) => ['TRUE', 'FALSE', '('].includes(token)).length;
  }

  #chain(word: 'AND' | 'OR', operand: () => Node): Node {
    const parts = [operand()];
    while (this.#tokens[this.#at] === word) {
      this.#at++;
      parts.push(operand());
    }
    return (stateOf) =>
      word === 'AND' ? parts.every((part) => part(stateOf)) : parts.some((part) => part(stateOf));
  }

  #factor(): Node {
    const token = this.#tokens[this.#at++] ?? '';
    if (token === 'TRUE') return () => true;
    if (token === 'FALSE') return () => false;
    if (token === 'NOT') {
      const inner = this.#factor();
      return (stateOf) => !inner(stateOf);
    }
    if (token === '(') {
      const inner = this.#chain('OR', () => this.#chain('AND', () => this.#factor()));
      this.#expect(')');
      return inner;
    }
    if (token !== 'ALARM' && token !== 'OK' && token !== 'INSUFFICIENT_DATA') throw this.#refuse();
    this.#expect('(');
    const name = alarmName(this.#tokens[this.#at++] ?? '');
    this.#expect(')');
    if (name === '' || name === ')') throw this.#refuse();
    this.children.add(name);
    return (stateOf) => stateOf(name) === token;
  }

  #expect(token: string): void {
    if (this.#tokens[this.#at++] !== token) throw this.#refuse();
  }

  #refuse(): AwsError {
    return new AwsError(
      'ValidationException',
      `AlarmRule must be a valid rule expression: ${this.#source}`,
    );
  }
}

/** Name or ARN, with or without quotation marks. */
function alarmName(text: string): string {
  const bare = text.startsWith('"') ? text.slice(1, -1).replace(/\\(.)/g, '$1') : text;
  return bare.replace(/^arn:[^:]*:cloudwatch:[^:]*:[^:]*:alarm:/, '');
}
