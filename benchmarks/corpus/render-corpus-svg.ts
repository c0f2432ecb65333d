import { totalsOf } from './method-totals.ts';
import { methodDescriptions } from './methods/describe-methods.ts';
import type { Judgement, PlayedRelease } from './played-release.ts';
import type { Results } from './render-results.ts';

const width = 760;
const labelWidth = 190;
const rowHeight = 58;
const barHeight = 18;
const top = 56;
const barWidth = width - labelWidth - 24;

interface Part {
  readonly judgement: Judgement;
  readonly colour: string;
}

const badParts: readonly Part[] = [
  { judgement: 'caught', colour: '#2e7d4f' },
  { judgement: 'missed', colour: '#c2412d' },
];
const awkwardParts: readonly Part[] = [
  { judgement: 'let through', colour: '#7fb79a' },
  { judgement: 'falsely rolled back', colour: '#e39b4b' },
];
const notJudged: Part = { judgement: 'not judged', colour: '#c9ccd1' };

/** Two bars per method: bad releases above, awkward ones below. Pure. */
export function renderCorpusSvg(results: Results): string {
  const height = top + results.size * rowHeight + 12;
  const rows = [...results].map(([name, played], row) => {
    const y = top + row * rowHeight;
    const bad = played.filter(({ kind }) => kind === 'bad');
    const awkward = played.filter(({ kind }) => kind === 'awkward');
    const label = text(12, y + barHeight + 4, methodDescriptions[name].title, 13);
    return `${label}${bar(y, bad, badParts)}${bar(y + barHeight + 4, awkward, awkwardParts)}`;
  });
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img" aria-label="Releases of the corpus by method" font-family="system-ui, sans-serif">
<rect width="${width}" height="${height}" fill="#ffffff"/>
${legend()}
${rows.join('\n')}
</svg>
`;
}

function bar(y: number, played: readonly PlayedRelease[], parts: readonly Part[]): string {
  const totals = totalsOf(played);
  let x = labelWidth;
  return [...parts, notJudged]
    .filter(({ judgement }) => totals[judgement] > 0)
    .map(({ judgement, colour }) => {
      const count = totals[judgement];
      const length = (barWidth * count) / Math.max(1, played.length);
      const drawn = `<rect x="${x.toFixed(1)}" y="${y}" width="${length.toFixed(1)}" height="${barHeight}" fill="${colour}"><title>${judgement}: ${count}</title></rect>${length > 18 ? text(x + 5, y + 13, String(count), 11, '#ffffff') : ''}`;
      x += length;
      return drawn;
    })
    .join('');
}

function legend(): string {
  let x = 12;
  return [...badParts, ...awkwardParts, notJudged]
    .map(({ judgement, colour }) => {
      const label =
        judgement === 'caught' || judgement === 'missed' ? `bad: ${judgement}` : judgement;
      const drawn = `<rect x="${x}" y="16" width="12" height="12" fill="${colour}"/>${text(x + 17, 27, label, 12)}`;
      x += 36 + label.length * 7;
      return drawn;
    })
    .join('');
}

function text(x: number, y: number, content: string, size: number, fill = '#1f2933'): string {
  return `<text x="${x.toFixed(1)}" y="${y}" font-size="${size}" fill="${fill}">${content}</text>`;
}
