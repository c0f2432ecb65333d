import type { CheckResult } from '../../functions/core/checks/check-result.ts';
import type { Painter } from '../terminal/painter.ts';
import { printable } from '../terminal/printable.ts';

const margin = ' '.repeat(13);

export function fact(name: string, value: string): string {
  return `  ${name.padEnd(11)}${printable(value)}`;
}

export function optional<T>(
  name: string,
  value: T | undefined,
  show: (value: T) => string,
): string[] {
  return value === undefined ? [] : [fact(name, show(value))];
}

export function checkLines(checks: readonly CheckResult[], paint: Painter): string[] {
  return checks.map(({ name, verdict, observed, sentence }) =>
    verdict === 'pass'
      ? `${margin}${paint.good('+')} ${printable(`${name}: ${observed}`)}`
      : `${margin}${paint.bad('!')} ${printable(sentence)}`,
  );
}
