import { greengate } from '../methods/greengate.ts';
import type { CellResult } from '../play-cell.ts';
import { colours, curve, line, svg, text } from './svg.ts';

const width = 860;
const height = 420;
const left = 60;
const right = 620;
const top = 50;
const bottom = 370;
const mostPairs = 2_000;

/** The share of defects that the judge has caught, by pairs used: a curve for each kind of defect. */
export function caughtPlot(results: readonly CellResult[]): string {
  const worse = results.filter(({ kind, method }) => kind === 'worse' && method === greengate.name);
  const x = (pairs: number) => left + ((right - left) * pairs) / mostPairs;
  const y = (share: number) => bottom - (bottom - top) * share;
  const parts = [
    text(16, 24, 'Defects caught by Greengate, by pairs of requests used', { class: 'title' }),
    ...[0, 0.25, 0.5, 0.75, 0.95, 1].flatMap((share) => [
      line(left, y(share), right, y(share), 'grid'),
      text(left - 8, y(share) + 4, `${100 * share} %`, { 'text-anchor': 'end' }),
    ]),
    ...[0, 500, 1_000, 1_500, 2_000].flatMap((pairs) => [
      line(x(pairs), bottom, x(pairs), bottom + 5, 'axis'),
      text(x(pairs), bottom + 20, pairs.toLocaleString('en'), { 'text-anchor': 'middle' }),
    ]),
    line(left, bottom, right, bottom, 'axis'),
    text((left + right) / 2, bottom + 40, 'pairs', { 'text-anchor': 'middle' }),
    ...worse.flatMap((result, at) => {
      const colour = colours[at % colours.length] ?? '#6e7781';
      const dash = at >= colours.length;
      const points = steps(result).map(([pairs, share]) => [x(pairs), y(share)] as const);
      const drawn = curve(points, colour);
      return [
        dash ? drawn.replace('/>', ' stroke-dasharray="6 4"/>') : drawn,
        dash
          ? curve(
              [
                [640, 62 + 24 * at],
                [664, 62 + 24 * at],
              ],
              colour,
            ).replace('/>', ' stroke-dasharray="6 4"/>')
          : curve(
              [
                [640, 62 + 24 * at],
                [664, 62 + 24 * at],
              ],
              colour,
            ),
        text(672, 66 + 24 * at, result.case),
      ];
    }),
  ];
  return svg(width, height, 'Share of defects caught by number of request pairs', parts);
}

function steps({ requests, runs }: CellResult): (readonly [number, number])[] {
  const points: (readonly [number, number])[] = [];
  for (let pairs = 0; pairs <= mostPairs; pairs += 20) {
    points.push([pairs, requests.fail.filter((used) => used <= pairs).length / runs]);
  }
  return points;
}
