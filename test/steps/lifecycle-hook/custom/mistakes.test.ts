import { beforeEach, describe, expect, it } from 'vitest';
import type { CustomCheck } from '../../../../functions/core/custom/custom-check.ts';
import { CustomCheckScene, passing } from './custom-check-scene.ts';

let scene: CustomCheckScene;
beforeEach(() => {
  scene = new CustomCheckScene();
});

describe('a check of the user’s own', () => {
  it.each([
    [
      'throws',
      () => Promise.reject(new TypeError('x is undefined')),
      'threw TypeError: x is undefined',
    ],
    ['throws a text', () => Promise.reject('no'), 'threw "no"'],
    ['returns nothing', () => undefined as never, 'returned no result: it is missing'],
    ['invents a verdict', () => ({ ...passing, verdict: 'ok' }) as never, '"verdict" is "ok"'],
  ] satisfies [string, CustomCheck, string][])('that %s is an error', async (_, check, said) => {
    const result = await scene.run(check);
    expect(result.verdict).toBe('error');
    expect(result.sentence).toContain(`checks/own.ts: the check `);
    expect(result.sentence).toContain(said);
  });

  it('that probes a path without slash is an error', async () => {
    const result = await scene.run(async ({ probe }) => {
      await probe({ path: 'a' });
      return passing;
    });
    expect(result.sentence).toContain('Cannot probe path "a": it must begin with /');
    expect(scene.probe.requests).toEqual([]);
  });

  it.each([
    [
      'a secret that is not there',
      { secrets: { TOKEN: { parameter: '/gone' } } },
      'secret "/gone"',
    ],
    ['a file that is not bundled', { file: 'checks/gone.ts' }, 'checks/gone.ts: not bundled'],
  ])('with %s is an error and does not run', async (_, settings, said) => {
    let ran = false;
    const result = await scene.run(() => {
      ran = true;
      return passing;
    }, settings);
    expect(result.verdict).toBe('error');
    expect(result.observed).toContain(said);
    expect(ran).toBe(false);
  });
});
