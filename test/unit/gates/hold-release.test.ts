import { beforeEach, describe, expect, it } from 'vitest';
import { holdRelease } from '../../../functions/core/gates/hold-release.ts';
import { configOf } from '../../support/builders/releases.ts';
import { FakeClock } from '../../support/fakes/fake-clock.ts';
import { FakeLineSwitch } from '../../support/fakes/fake-line-switch.ts';
import { FakeLog } from '../../support/fakes/fake-log.ts';

const freezes = [
  { name: 'audit', from: '2026-09-01T09:00:00Z', until: '2026-09-01T12:00:00Z' },
] as const;
let line: FakeLineSwitch;
let log: FakeLog;

beforeEach(() => {
  line = new FakeLineSwitch();
  log = new FakeLog();
});

const hold = (request: { overrideFreeze?: string } = {}, held = true) =>
  holdRelease(
    { service: 'shop', ...request },
    {
      config: { ...configOf(), freezes: held ? [...freezes] : [] },
      line,
      clock: new FakeClock(),
      log,
    },
  );

describe('holdRelease', () => {
  it('lets a release through when nothing holds it', async () => {
    await expect(hold({}, false)).resolves.toBeUndefined();
  });

  it('names the freeze, its end, and the way around it', async () => {
    await expect(hold()).rejects.toMatchObject({
      name: 'ReleaseHeld',
      message:
        '"shop" is not released during the freeze "audit", until 2026-09-01T12:00:00Z; redrive the execution afterwards, or start a new one with "overrideFreeze": "why" in its input',
    });
  });

  it('lets a person through who says why, and logs it', async () => {
    await expect(hold({ overrideFreeze: 'payments are down' })).resolves.toBeUndefined();

    expect(log.lines).toEqual([
      {
        level: 'warn',
        message: 'freeze overridden',
        fields: { service: 'shop', freeze: 'audit', reason: 'payments are down' },
      },
    ]);
  });

  it.each(['all', 'shop'])(
    'stops for the parameter of %s, whoever overrides what',
    async (name) => {
      line.reasons.set(name, 'incident 42');

      await expect(hold({ overrideFreeze: 'urgent' })).rejects.toMatchObject({
        name: 'ReleaseHeld',
        message: `The line is stopped for "shop" by parameter /greengate/stop-the-line/${name}: incident 42; delete the parameter, then redrive the execution`,
      });
    },
  );

  it('quotes a reason of several lines in one', async () => {
    line.reasons.set('shop', 'incident 42.\n\nAsk Kim.\n');

    await expect(hold({})).rejects.toThrow(
      '/greengate/stop-the-line/shop: incident 42. Ask Kim; delete the parameter',
    );
  });

  it('does not stop for the parameter of another service', async () => {
    line.reasons.set('other', 'incident 42');

    await expect(hold({}, false)).resolves.toBeUndefined();
  });
});
