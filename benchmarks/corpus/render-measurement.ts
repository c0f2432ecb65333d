import type { KeptRelease } from './kept-results.ts';
import { methodDescriptions } from './methods/describe-methods.ts';
import type { MethodName } from './methods/method.ts';

type KeptByMethod = ReadonlyMap<MethodName, readonly KeptRelease[]>;

/** What was measured when, in how many runs, and what a run before had shown. Pure. */
export function renderMeasurement(results: KeptByMethod, cores: number): string {
  const all = [...results.values()].flat();
  const runs = [...new Set(all.map(({ run }) => run))].toSorted();
  return `Measured in ${count(runs.length, 'run')} of this command on ${cores} cores. Seconds are those of wall time, of all its releases
together; several are played at a time.

| run started | releases that stand here, by method | seconds |
| --- | --- | ---: |
${runs.map((run) => runRow(run, results)).join('\n')}
${renderEarlier(all)}`;
}

function runRow(run: string, results: KeptByMethod): string {
  const byMethod = [...results]
    .map(([method, releases]) => [method, releases.filter((one) => one.run === run)] as const)
    .filter(([, releases]) => releases.length > 0);
  const told = byMethod.map(
    ([method, releases]) => `${methodDescriptions[method].title}: ${releases.length}`,
  );
  const seconds = byMethod
    .flatMap(([, releases]) => releases)
    .reduce((sum, { wallSeconds }) => sum + wallSeconds, 0);
  return `| ${minuteOf(run)} | ${told.join(', ')} | ${seconds.toFixed(0)} |`;
}

/** Nothing that went otherwise before is passed over in silence. */
function renderEarlier(all: readonly KeptRelease[]): string {
  const repeated = all.filter(({ earlier }) => earlier.length > 0);
  if (repeated.length === 0) return '';
  const rows = repeated.flatMap(({ method, name, earlier }) =>
    earlier.map(
      ({ run, judgement, reason }) =>
        `| ${minuteOf(run)} | ${methodDescriptions[method].title} | \`${name}\` | ${judgement} | ${cell(reason)} |`,
    ),
  );
  return `
Played again since; before, they went like this:

| run started | method | release | judged | reason |
| --- | --- | --- | --- | --- |
${rows.toSorted().join('\n')}
`;
}

function minuteOf(iso: string): string {
  return `${iso.slice(0, 10)} ${iso.slice(11, 16)} UTC`;
}

function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? '' : 's'}`;
}

function cell(text: string): string {
  return text.replaceAll('|', '\\|').replaceAll(/\s+/g, ' ').slice(0, 300);
}
