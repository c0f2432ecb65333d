import { describe, expect, it } from 'vitest';
import { knownMembers } from '../../../functions/core/config/known-members.ts';
import { similarName } from '../../../functions/core/config/similar-name.ts';
import { problemsOf, serviceText, withHttpCheck } from './config-text.ts';

describe('similarName', () => {
  it.each([
    ['clustre', 'cluster'],
    ['Cluster', 'cluster'],
    ['clusters', 'cluster'],
    ['clsuter', 'cluster'],
    ['clter', undefined],
    ['cl', undefined],
    ['lust', undefined],
    ['region', undefined],
    ['servise', 'service'],
  ])('of %s is %s', (written, meant) => {
    expect(similarName(written, ['service', 'cluster', 'container'])).toBe(meant);
  });

  it('is the nearest one', () => {
    expect(similarName('timeoutMz', ['timeouts', 'timeoutMs'])).toBe('timeoutMs');
  });
});

describe('knownMembers', () => {
  it('of a service are what the reference has', () => {
    expect(knownMembers(['services', 0])).toEqual(
      expect.arrayContaining(['name', 'image', 'target', 'checks', 'onNewerPush']),
    );
  });

  it('of a check are those of every kind of check', () => {
    const members = knownMembers(['services', 0, 'checks', 'beforeAllowTraffic', 0]);
    expect(members).toEqual(expect.arrayContaining(['requests', 'service', 'pairs']));
    expect(members).not.toContain('cluster');
  });

  it('of what is no map are none', () => {
    expect(knownMembers(['services', 0, 'name', 'x'])).toEqual([]);
  });
});

describe('a misspelt member', () => {
  it.each([
    [serviceText.replace('cluster:', 'Cluster:'), 'services[0].target.Cluster', 'cluster'],
    [`${serviceText}    onNewerpush: wait\n`, 'services[0].onNewerpush', 'onNewerPush'],
    [
      `${serviceText}    failFast: { stopedTasks: 1 }\n`,
      'services[0].failFast.stopedTasks',
      'stoppedTasks',
    ],
    [
      withHttpCheck('protocl: h2'),
      'services[0].checks.afterAllowTestTraffic[0].protocl',
      'protocol',
    ],
  ])('is told what it may have meant (%#)', (text, path, meant) => {
    expect(problemsOf(text)).toContainEqual(
      expect.stringContaining(` ${path}: is not a known member, did you mean ${meant}?`),
    );
  });
});
