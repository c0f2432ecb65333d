import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { KeptResults } from '../../benchmarks/corpus/kept-results.ts';
import type { PlayedRelease } from '../../benchmarks/corpus/played-release.ts';
import { renderMeasurement } from '../../benchmarks/corpus/render-measurement.ts';

const scratch = mkdtempSync(join(tmpdir(), 'greengate-kept-test-'));
afterAll(() => rmSync(scratch, { recursive: true, force: true }));

const first = '2026-11-21T13:36:46.100Z';
const second = '2026-11-21T14:05:00.000Z';

function played(name: string, outcome: string, reason = ''): PlayedRelease {
  const common = { kind: 'bad', caughtBy: 'none', productionRequestsServed: 0 } as const;
  return { ...common, name, outcome, reason, wallSeconds: 8 };
}

/** Two runs: greengate alone, then one release of it again and a peer. */
function twoRuns(file: string): KeptResults {
  const before = new KeptResults(first, file);
  before.add('greengate', played('hangs', 'deployed', 'It | stayed'));
  before.add('greengate', played('gzip', 'rolled-back'));
  const after = new KeptResults(second, file);
  after.add('argo', played('hangs', 'deployed'));
  after.add('greengate', played('hangs', 'rolled-back'));
  return after;
}

describe('KeptResults', () => {
  it('holds the last of each release, over runs, in the order asked for', () => {
    const results = twoRuns(join(scratch, 'order.json')).results(['gzip', 'hangs', 'chunked']);
    expect([...results.keys()]).toEqual(['greengate', 'argo']);
    expect(results.get('greengate')?.map(({ name, outcome, run }) => [name, outcome, run])).toEqual(
      [
        ['gzip', 'rolled-back', first],
        ['hangs', 'rolled-back', second],
      ],
    );
  });

  it('adds what another run kept, the later one of each release', () => {
    const [one, other] = [join(scratch, 'one.json'), join(scratch, 'other-run.json')];
    const later = new KeptResults(second, other);
    later.add('greengate', played('hangs', 'rolled-back'));
    later.add('argo', played('gzip', 'deployed'));
    const earlier = new KeptResults(first, one);
    earlier.add('greengate', played('hangs', 'deployed'));
    earlier.add('argo', played('gzip', 'rolled-back'));
    for (const merged of [
      new KeptResults(second, one, [other]),
      new KeptResults(second, other, [one]),
      new KeptResults(second, one),
    ]) {
      const all = merged.all().map(({ method, outcome, run }) => [method, outcome, run]);
      expect(all.toSorted()).toEqual([
        ['argo', 'deployed', second],
        ['greengate', 'rolled-back', second],
      ]);
    }
  });

  it('knows what it holds, method by method', () => {
    const kept = twoRuns(join(scratch, 'held.json'));
    expect(kept.has('argo', 'hangs')).toBe(true);
    expect(kept.has('argo', 'gzip')).toBe(false);
  });

  it('remembers how a release went that was played again', () => {
    const file = join(scratch, 'earlier.json');
    twoRuns(file);
    const hangs = new KeptResults(second, file).results(['hangs']).get('greengate');
    expect(hangs?.[0]?.earlier).toEqual([
      { run: first, judgement: 'missed', reason: 'It | stayed' },
    ]);
  });

  it('refuses a file of another kind', () => {
    const file = join(scratch, 'other.json');
    writeFileSync(file, '{"releases":[{"name":"hangs"}],"targets":[]}');
    expect(() => new KeptResults(first, file)).toThrow(/other\.json holds no kept releases/);
  });
});

describe('renderMeasurement', () => {
  it('tells each run, and what went otherwise before', () => {
    const results = twoRuns(join(scratch, 'page.json')).results(['gzip', 'hangs']);
    const lines = renderMeasurement(results, 2).split('\n');
    expect(lines[0]).toMatch(/^Measured in 2 runs of this command on 2 cores/);
    expect(lines).toContain('| 2026-11-21 13:36 UTC | Greengate: 1 | 8 |');
    expect(lines).toContain("| 2026-11-21 14:05 UTC | Greengate: 1, Argo's rule: 1 | 16 |");
    expect(lines).toContain(
      '| 2026-11-21 13:36 UTC | Greengate | `hangs` | missed | It \\| stayed |',
    );
  });
});
