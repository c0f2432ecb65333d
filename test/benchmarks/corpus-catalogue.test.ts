import { describe, expect, it } from 'vitest';
import { settingKey } from '../../benchmarks/corpus/assemblies.ts';
import { catalogue } from '../../benchmarks/corpus/catalogue/catalogue.ts';
import { findEntries } from '../../benchmarks/corpus/catalogue/find-entries.ts';
import { planBatches } from '../../benchmarks/corpus/plan-batches.ts';
import { corpusService, readProfile } from '../../benchmarks/corpus/profiles.ts';
import { issueAuthority } from '../../simulator/core/certificates.ts';
import { variantNames } from '../../simulator/workloads/corpus/variants/index.mjs';

const authority = issueAuthority().certificatePem;
const names = catalogue.map(({ name }) => name);
const profiles = [...new Set(catalogue.map(({ profile }) => profile))];

describe('the catalogue of the corpus', () => {
  it('holds at least 40 bad and 20 awkward releases, each under a name of its own', () => {
    const count = (kind: string) => catalogue.filter((entry) => entry.kind === kind).length;
    expect(count('bad')).toBeGreaterThanOrEqual(40);
    expect(count('awkward')).toBeGreaterThanOrEqual(20);
    expect(names.filter((name, at) => names.indexOf(name) !== at)).toEqual([]);
  });

  it('names variants that the workload has, and leaves none of them out', () => {
    const used = new Set(catalogue.flatMap(({ variant, baseline }) => [variant, baseline]));
    expect([...used].filter((variant) => !variantNames.includes(variant))).toEqual([]);
    expect(variantNames.filter((variant) => !used.has(variant))).toEqual([]);
  });

  it.each(catalogue.map((entry) => [entry.name, entry] as const))(
    'says of %s in one sentence what it does',
    (_, entry) => {
      expect(entry.sentence).toMatch(/^[A-Z0-9].{8,80}[^.\s]$/);
    },
  );

  it('lets bad releases replace a sound original only', () => {
    const odd = catalogue.filter(({ kind, baseline }) => kind === 'bad' && baseline !== 'healthy');
    expect(odd).toEqual([]);
  });

  it.each(profiles)('has a profile %s that parses and deploys the sample', (profile) => {
    const service = corpusService(readProfile(profile, authority));
    expect(service.target).toMatchObject({ strategy: 'codedeploy', deploymentGroup: 'shop' });
    expect(service.checks.afterAllowTestTraffic.length).toBeGreaterThanOrEqual(2);
  });

  it('gives the authority to every check behind HTTPS', () => {
    const { checks } = corpusService(readProfile('https', authority));
    const authorities = checks.afterAllowTestTraffic.map((check) => 'tls' in check && check.tls.ca);
    expect(new Set(authorities)).toEqual(new Set([authority]));
  });
});

describe('findEntries', () => {
  it('keeps the given order, and refuses names that there are not', () => {
    expect(findEntries(['hangs', 'gzip']).map(({ name }) => name)).toEqual(['hangs', 'gzip']);
    expect(() => findEntries(['gzip', 'hang'])).toThrow(
      /no release "hang", expected some of: wrong-architecture/,
    );
  });
});

describe('planBatches', () => {
  it('plays every release once per method, replays together, under one setting, the longest first', () => {
    const batches = planBatches(catalogue, ['greengate', 'flagger', 'argo']);
    for (const method of ['greengate', 'flagger', 'argo'] as const) {
      const played = batches
        .filter((batch) => batch.methods.includes(method))
        .flatMap((batch) => batch.names);
      expect(played.toSorted()).toEqual(names.toSorted());
    }
    const combinations = new Set(batches.map((batch) => batch.methods.join(' ')));
    expect(combinations).toEqual(new Set(['greengate', 'flagger argo']));
    for (const batch of batches) {
      expect(new Set(findEntries(batch.names).map(settingKey)).size).toBe(1);
    }
    const lengths = batches.map((batch) => batch.names.length);
    expect(lengths).toEqual(lengths.toSorted((a, b) => b - a));
    expect(lengths[0]).toBeLessThanOrEqual(8);
  });

  it('leaves out what is not wanted, unless a method that is played together with it wants it', () => {
    const entries = findEntries(['gzip', 'chunked', 'hangs']);
    const wanted = new Set(['greengate gzip', 'flagger gzip', 'argo hangs']);
    const batches = planBatches(entries, ['greengate', 'flagger', 'argo'], (method, name) =>
      wanted.has(`${method} ${name}`),
    );
    expect(batches).toEqual([
      { methods: ['flagger', 'argo'], names: ['gzip', 'hangs'] },
      { methods: ['greengate'], names: ['gzip'] },
    ]);
  });
});
