import type { CorpusEntry } from './entry.ts';
import type { KeptRelease } from './kept-results.ts';
import { totalsOf } from './method-totals.ts';
import { methodDescriptions } from './methods/describe-methods.ts';
import type { MethodName } from './methods/method.ts';
import { judgePlayed, type PlayedRelease } from './played-release.ts';
import { renderMeasurement } from './render-measurement.ts';
import type { Results } from './render-results.ts';
import { requestsPerMinute } from './stage.ts';
import type { Target } from './targets.ts';

export interface CorpusRun {
  readonly entries: readonly CorpusEntry[];
  readonly results: ReadonlyMap<MethodName, readonly KeptRelease[]>;
  readonly targets: readonly Target[];
  /** Of the machine that measured. */
  readonly cores: number;
  /** What readers must know of how it was measured. */
  readonly note?: string | undefined;
}

/** docs/reference/corpus.md. Pure. */
export function renderCorpusPage({ entries, results, targets, cores, note }: CorpusRun): string {
  const methods = [...results.keys()];
  return `# The release corpus

<!-- Written by \`npm run bench:corpus -- --write-docs\`; do not edit. -->

${entries.filter(({ kind }) => kind === 'bad').length} bad releases and ${entries.filter(({ kind }) => kind === 'awkward').length} sound but awkward ones, each released through the whole rehearsal while clients ask
the production listener (${requestsPerMinute} requests in each minute of AWS time once traffic moves):

\`\`\`sh
npm run bench:corpus -- --json corpus.json
npm run bench:corpus -- --only errors-5-percent redirect-loop --method greengate one-request-hook
npm run bench:corpus -- --method flagger argo --keep corpus-kept.json
\`\`\`

The configurations are in \`benchmarks/corpus/profiles\`: *default* knows the three main requests of the service, the others are
what its owners would add. The images are variants of \`simulator/workloads/corpus\`. Certificates that expired or are about to are
those of the test listener, which is why they are found at the first hook that asks it; production keeps a valid one.

![Caught, missed and falsely rolled back by method](../images/corpus.svg)

## Targets

| target | value | bound | met |
| --- | ---: | ---: | --- |
${targets.map(({ name, value, bound, met }) => `| ${name} | ${value} | ${bound} | ${met ? 'yes' : '**no**'} |`).join('\n')}

## Measurement

${renderMeasurement(results, cores)}${note === undefined ? '' : `\n${note}\n`}

## Side by side

| method | bad: caught | bad: missed | awkward: let through | awkward: rolled back | not judged | production requests served by bad releases |
| --- | ---: | ---: | ---: | ---: | ---: | ---: |
${methods.map((name) => totalsRow(name, results.get(name) ?? [])).join('\n')}

${methods.map((name) => `- **${methodDescriptions[name].title}.** ${methodDescriptions[name].how}`).join('\n')}

Methods without a rehearsal of their own judge what a container of the release answers to clients; gRPC and certificates are
not judged there.

## Releases

Requests are production requests that the release served before it was taken back, or at all when nobody took it back.

${table('bad', entries, results)}

${table('awkward', entries, results)}
`;
}

function totalsRow(name: MethodName, played: readonly PlayedRelease[]): string {
  const totals = totalsOf(played);
  const cells = [
    totals.caught,
    totals.missed,
    totals['let through'],
    totals['falsely rolled back'],
    totals['not judged'],
    totals.requestsServedByBad,
  ];
  return `| ${methodDescriptions[name].title} | ${cells.join(' | ')} |`;
}

function table(
  kind: CorpusEntry['kind'],
  entries: readonly CorpusEntry[],
  results: Results,
): string {
  const peers = [...results.keys()].filter((name) => name !== 'greengate');
  const releaseOf = (method: MethodName, { name }: CorpusEntry) =>
    results.get(method)?.find((release) => release.name === name);
  const rows = entries
    .filter((entry) => entry.kind === kind)
    .map((entry) => {
      const ours = releaseOf('greengate', entry);
      const told = kind === 'bad' ? (ours?.caughtBy ?? '-') : (ours?.outcome ?? '-');
      const cells = [
        `\`${entry.name}\``,
        entry.sentence,
        entry.profile,
        ours && judgePlayed(ours) === (kind === 'bad' ? 'missed' : 'falsely rolled back')
          ? `**${judgePlayed(ours)}** ${told}`
          : told,
        ...peers.map((method) => peerCell(releaseOf(method, entry))),
      ];
      return `| ${cells.join(' | ')} |`;
    });
  const head = [
    kind === 'bad' ? 'bad release' : 'awkward release',
    'what it does',
    'checks',
    kind === 'bad' ? 'Greengate: caught by' : 'Greengate',
    ...peers.map((name) => methodDescriptions[name].title),
  ];
  return [`| ${head.join(' | ')} |`, `|${' --- |'.repeat(head.length)}`, ...rows].join('\n');
}

function peerCell(release: PlayedRelease | undefined): string {
  if (!release) return '-';
  const judgement = judgePlayed(release);
  if (judgement === 'not judged') return 'not judged';
  const requests = release.productionRequestsServed;
  return release.kind === 'bad' ? `${judgement}, ${requests} requests` : judgement;
}
