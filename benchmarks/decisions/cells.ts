import type { Random } from '../../functions/core/comparison/seeded-random.ts';
import { heavyTailed, type LatencyModel, lognormal } from './latency-models.ts';
import type { RequestStream } from './request-stream.ts';
import { burstsOf } from './side-models.ts';

/** One situation, played many times. */
export interface Cell {
  readonly name: string;
  /** `equal`: the replacement is the original's like; `worse`: it is not. */
  readonly kind: 'equal' | 'worse';
  readonly fill: (stream: RequestStream, random: Random) => void;
}

/** What one request to a side is drawn from at a position. */
interface Side {
  readonly errorShare: number;
  readonly latencyFactor: number;
}

interface Sides {
  readonly original: Side;
  readonly replacement: Side;
}

/** Errors of a service that has nothing else to tell: one in a thousand. */
const usualShare = 0.001;
const usual: Side = { errorShare: usualShare, latencyFactor: 1 };

/** Every situation of the benchmark, in the order of its tables. */
export const cells: readonly Cell[] = [
  ...[0, 0.001, 0.005, 0.01, 0.02, 0.05].map((share) =>
    steady(`equal, ${percent(share)} errors`, 'equal', errors(share, share)),
  ),
  steady(
    'equal, heavy-tailed latency',
    'equal',
    { original: usual, replacement: usual },
    heavyTailed,
  ),
  {
    name: 'equal, bursts of errors on either side',
    kind: 'equal',
    fill: (stream, random) => {
      const [original, replacement] = [bursts(random, 10), bursts(random, 10)];
      draw(stream, random, lognormal, (at) => ({
        original: original(at),
        replacement: replacement(at),
      }));
    },
  },
  {
    name: 'equal, long bursts on either side',
    kind: 'equal',
    fill: (stream, random) => {
      const [original, replacement] = [bursts(random, 20), bursts(random, 20)];
      draw(stream, random, lognormal, (at) => ({
        original: original(at),
        replacement: replacement(at),
      }));
    },
  },
  {
    name: 'equal, bursts that strike both sides',
    kind: 'equal',
    fill: (stream, random) => {
      const both = bursts(random, 20);
      draw(stream, random, lognormal, (at) => {
        const side = both(at);
        return { original: side, replacement: side };
      });
    },
  },
  {
    name: 'equal after a cold start',
    kind: 'equal',
    fill: (stream, random) =>
      draw(stream, random, lognormal, (at) => ({ original: usual, replacement: cold(at) })),
  },
  {
    name: 'equal, common drift',
    kind: 'equal',
    fill: (stream, random) => {
      const phase = random();
      draw(stream, random, lognormal, (at) => {
        const side = drifting(at, phase);
        return { original: side, replacement: side };
      });
    },
  },
  ...(
    [
      [0.001, 0.02],
      [0.001, 0.05],
      [0.005, 0.02],
      [0.005, 0.05],
    ] as const
  ).map(([original, replacement]) =>
    steady(
      `errors ${percent(original)} → ${percent(replacement)}`,
      'worse',
      errors(original, replacement),
    ),
  ),
  ...[1.2, 1.5, 2].flatMap((factor) => [
    steady(`p95 ×${factor}, lognormal`, 'worse', slower(factor)),
    steady(`p95 ×${factor}, heavy-tailed`, 'worse', slower(factor), heavyTailed),
  ]),
];

function errors(original: number, replacement: number): Sides {
  return {
    original: { errorShare: original, latencyFactor: 1 },
    replacement: { errorShare: replacement, latencyFactor: 1 },
  };
}

function slower(latencyFactor: number): Sides {
  return { original: usual, replacement: { ...usual, latencyFactor } };
}

/** 1 % of all requests fail: four of five within bursts, which take 1.25 % of the time, and none outside. */
function bursts(random: Random, meanPairs: number): (at: number) => Side {
  const inBurst = burstsOf(0.0125, meanPairs, random);
  return (at) => ({ errorShare: inBurst(at) ? 0.8 : 0, latencyFactor: 1 });
}

/** Five times as slow at first, one answer in ten an error; both fade with a time constant of eight pairs. */
function cold(at: number): Side {
  const chill = Math.exp(-at / 8);
  return { errorShare: usualShare + 0.1 * chill, latencyFactor: 1 + 4 * chill };
}

/** Load that comes and goes within 600 pairs, at any moment of it: errors 0.1 to 5 %, latencies up to threefold. */
function drifting(at: number, phase: number): Side {
  const load = (1 - Math.cos(2 * Math.PI * (at / 600 + phase))) / 2;
  return { errorShare: usualShare + 0.049 * load, latencyFactor: 1 + 2 * load };
}

function steady(
  name: string,
  kind: Cell['kind'],
  sides: Sides,
  latency: LatencyModel = lognormal,
): Cell {
  return { name, kind, fill: (stream, random) => draw(stream, random, latency, () => sides) };
}

function draw(
  stream: RequestStream,
  random: Random,
  latency: LatencyModel,
  sidesAt: (at: number) => Sides,
): void {
  for (let at = 0; at < stream.pairs; at++) {
    const { original, replacement } = sidesAt(at);
    stream.originalError[at] = random() < original.errorShare ? 1 : 0;
    stream.replacementError[at] = random() < replacement.errorShare ? 1 : 0;
    stream.originalMs[at] = original.latencyFactor * latency(random);
    stream.replacementMs[at] = replacement.latencyFactor * latency(random);
  }
}

function percent(share: number): string {
  return `${Number((100 * share).toFixed(2))} %`;
}
