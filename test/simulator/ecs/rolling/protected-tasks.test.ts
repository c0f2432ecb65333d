import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { RollingFixture } from './rolling-fixture.ts';

let fixture: RollingFixture;
beforeEach(() => {
  fixture = new RollingFixture();
});
afterEach(() => fixture.stop());

describe('protected tasks', () => {
  it('outlive the new deployment until their protection ends', async () => {
    const service = fixture.create({ taskDefinition: fixture.version('v1'), desiredCount: 2 });
    await fixture.reached(service, 'COMPLETED');
    const [kept, other] = fixture.tasks(service);
    const untilMs = fixture.world.clock.now() + 30 * 60_000;
    kept?.protect(untilMs);
    fixture.update({ taskDefinition: fixture.version('v2') });
    await fixture.untilRolling(service, () => other?.lastStatus === 'STOPPED');
    expect(kept?.isRunning).toBe(true);
    expect(fixture.primary(service).rolloutState).toBe('IN_PROGRESS');
    await fixture.world.clock.sleep(30 * 60_000);
    await fixture.reached(service, 'COMPLETED');
    expect(kept?.stoppingAtMs).toBeGreaterThanOrEqual(untilMs);
    expect(fixture.messages(service).join('\n')).not.toContain('was unable to stop or start');
  });

  it('stay when the service scales in, and go at once when nothing protects them any more', async () => {
    const service = fixture.create({ taskDefinition: fixture.version('v1'), desiredCount: 2 });
    await fixture.reached(service, 'COMPLETED');
    const [first, second] = fixture.tasks(service);
    const untilMs = fixture.world.clock.now() + 60 * 60_000;
    first?.protect(untilMs);
    second?.protect(untilMs);
    fixture.update({ desiredCount: 0 });
    expect(fixture.tasks(service).map(({ isRunning }) => isRunning)).toEqual([true, true]);
    first?.protect(undefined);
    expect(fixture.tasks(service).map(({ isStopping }) => isStopping)).toEqual([true, false]);
  });
});
