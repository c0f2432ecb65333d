import type { Counterexample, Exploration } from './explore.ts';

/** One line for what was explored. */
export function renderExploration(found: Exploration): string {
  const { scenario, states, transitions, depth, ends, histories, seconds, cut } = found;
  const verdict = found.counterexample === undefined ? (cut ? 'cut short' : 'holds') : 'BROKEN';
  const numbers = [
    `${states} states`,
    `${transitions} transitions`,
    `depth ${depth}`,
    `${ends} ends`,
    `${histories} histories of steps`,
    `${seconds.toFixed(1)} s`,
  ];
  return `${verdict}: ${scenario}: ${numbers.join(', ')}`;
}

/** What happened, in plain words; the calls of one function in a row are one line. */
export function renderCounterexample(found: Counterexample): string {
  const { violations, trace, continuation } = found;
  const rest =
    continuation.length === 0 ? [] : ['and with no further fault:', ...runs(continuation)];
  return [...violations, ...runs(trace), ...rest].join('\n');
}

function runs(labels: readonly string[]): string[] {
  const lines: { label: string; times: number }[] = [];
  for (const label of labels) {
    const last = lines.at(-1);
    if (last?.label === label) last.times++;
    else lines.push({ label, times: 1 });
  }
  return lines.map(({ label, times }) => `  ${label}${times > 1 ? ` (${times} calls)` : ''}`);
}
