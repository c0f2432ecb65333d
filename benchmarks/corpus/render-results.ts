import type { Painter } from '../../cli/terminal/painter.ts';
import { renderTable } from '../table.ts';
import { totalsOf } from './method-totals.ts';
import { methodDescriptions } from './methods/describe-methods.ts';
import type { MethodName } from './methods/method.ts';
import { judgePlayed, type PlayedRelease } from './played-release.ts';
import type { Target } from './targets.ts';

/** Releases by the method under which they were played, in the order of the catalogue. */
export type Results = ReadonlyMap<MethodName, readonly PlayedRelease[]>;

/** What a person reads at the end of the run. Pure. */
export function renderResults(
  results: Results,
  targets: readonly Target[],
  paint: Painter,
): string {
  const ours = results.get('greengate') ?? [];
  return [
    ...(ours.length > 0
      ? [
          renderTable([
            ['release', 'kind', 'outcome', 'judged', 'production requests', 'caught by'],
            ...ours.map((release) => [
              release.name,
              release.kind,
              release.outcome,
              judgePlayed(release),
              release.productionRequestsServed,
              release.caughtBy,
            ]),
          ]),
          '',
        ]
      : []),
    ...complaints(results),
    sideBySide(results),
    '',
    ...[...results.keys()].map((name) => {
      const { title, how } = methodDescriptions[name];
      return `${title}: ${how}`;
    }),
    ...(targets.length > 0 ? ['', paint.strong('Targets')] : []),
    ...targets.map(
      ({ name, value, bound, met }) =>
        `  ${met ? paint.good('met   ') : paint.bad('MISSED')}  ${name}: ${value} (bound ${bound})`,
    ),
  ].join('\n');
}

function sideBySide(results: Results): string {
  return renderTable([
    [
      'method',
      'caught',
      'missed',
      'let through',
      'falsely rolled back',
      'not judged',
      'served by bad',
    ],
    ...[...results].map(([name, played]) => {
      const totals = totalsOf(played);
      return [
        methodDescriptions[name].title,
        totals.caught,
        totals.missed,
        totals['let through'],
        totals['falsely rolled back'],
        totals['not judged'],
        totals.requestsServedByBad,
      ];
    }),
  ]);
}

/** Why our own releases did not go as they should. */
function complaints(results: Results): string[] {
  const wrong = (results.get('greengate') ?? []).filter((release) =>
    ['missed', 'falsely rolled back', 'not judged'].includes(judgePlayed(release)),
  );
  if (wrong.length === 0) return [];
  return [...wrong.map(({ name, reason }) => `${name}: ${reason}`), ''];
}
