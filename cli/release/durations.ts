import { UsageError } from '../terminal/run-command.ts';

const unitMs = { s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000 } as const;

/** Reads a pause between two looks: never none, which would ask AWS without end. Throws UsageError. */
export function parseInterval(option: string, text: string): number {
  const intervalMs = parseDuration(option, text);
  if (intervalMs === 0) throw new UsageError(`${option} must be 1s or more, got "${text}"`);
  return intervalMs;
}

/** Reads `90s`, `15m`, `2h` or `1d` as milliseconds. Throws UsageError. */
export function parseDuration(option: string, text: string): number {
  const [, amount = '', unit = ''] = /^(\d{1,6})(s|m|h|d)$/.exec(text) ?? [];
  if (amount === '') {
    throw new UsageError(`${option} takes a duration such as 90s, 15m, 2h or 1d, got "${text}"`);
  }
  return Number(amount) * unitMs[unit as keyof typeof unitMs];
}
