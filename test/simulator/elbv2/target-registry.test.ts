import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { BalancerFixture } from './balancer-fixture.ts';

let fixture: BalancerFixture;
beforeEach(() => {
  fixture = new BalancerFixture();
});
afterEach(() => fixture.stop());

describe('targets of a target group', () => {
  it('are unused and never checked while no rule names the group', async () => {
    let checks = 0;
    const group = fixture.group('idle');
    await fixture.target(group, '10.0.0.1', (_request, response) => {
      checks++;
      response.end();
    });
    await fixture.world.clock.sleep(600_000);
    expect(fixture.model.targetHealth(group.arn)).toMatchObject([
      { state: 'unused', reason: 'Target.NotInUse' },
    ]);
    expect(checks).toBe(0);
  });

  it('are checked while the group is referenced at weight 0, and healthy after one pass', async () => {
    const [blue, green] = [fixture.group('blue'), fixture.group('green')];
    const listener = await fixture.listener(blue);
    const requests: (string | undefined)[] = [];
    await fixture.target(green, '10.0.0.2', (request, response) => {
      requests.push(`${request.url} ${request.headers['user-agent']} ${request.headers.host}`);
      response.end();
    });
    expect(fixture.state(green, '10.0.0.2')).toBe('unused');
    fixture.model.setWeights(listener.arn, [
      { targetGroupArn: blue.arn, weight: 100 },
      { targetGroupArn: green.arn, weight: 0 },
    ]);
    expect(fixture.state(green, '10.0.0.2')).toBe('initial');
    await fixture.reached(green, '10.0.0.2', 'healthy');
    expect(requests).toEqual(['/health ELB-HealthChecker/2.0 10.0.0.2:8080']);
  });

  it('turn unhealthy after the unhealthy threshold and recover after the healthy one', async () => {
    const group = fixture.group('blue');
    await fixture.listener(group);
    const answers = [200, 500, 500, 200, 200, 200];
    await fixture.target(group, '10.0.0.1', (_request, response) => {
      response.writeHead(answers.shift() ?? 200).end();
    });
    await fixture.reached(group, '10.0.0.1', 'healthy');
    // Checks of a settled target run in the background: a jump past one is what makes it fire.
    await fixture.world.clock.sleep(20_000);
    await fixture.reached(group, '10.0.0.1', 'unhealthy');
    expect(fixture.model.targetHealth(group.arn)[0]?.reason).toBe('Target.ResponseCodeMismatch');
    await fixture.world.clock.sleep(20_000);
    await fixture.reached(group, '10.0.0.1', 'healthy');
    expect(answers).toEqual([]);
  });

  it('time out in virtual time when a target accepts but never answers', async () => {
    const group = fixture.group('blue');
    await fixture.listener(group);
    await fixture.target(group, '10.0.0.1', () => {});
    const start = performance.now();
    await fixture.reached(group, '10.0.0.1', 'unhealthy');
    expect(fixture.model.targetHealth(group.arn)[0]?.reason).toBe('Target.Timeout');
    expect(performance.now() - start).toBeLessThan(5_000);
  });

  it('fail without an answer when nothing listens', async () => {
    const group = fixture.group('blue');
    await fixture.listener(group);
    const address = { host: '127.0.0.1', port: 1 };
    fixture.model.registerTarget(group.arn, { id: '10.0.0.1', port: 8080, address });
    await fixture.reached(group, '10.0.0.1', 'unhealthy');
    expect(fixture.model.targetHealth(group.arn)[0]?.reason).toBe('Target.FailedHealthChecks');
  });

  it('drain for the deregistration delay without making time jump, then are gone', async () => {
    const group = fixture.group('blue', { 'deregistration_delay.timeout_seconds': '120' });
    await fixture.listener(group);
    await fixture.target(group, '10.0.0.1');
    await fixture.reached(group, '10.0.0.1', 'healthy');
    const skippedMs = fixture.world.clock.skippedMs;
    fixture.model.deregisterTarget(group.arn, { id: '10.0.0.1', port: 8080 });
    expect(fixture.model.targetHealth(group.arn)).toMatchObject([
      { state: 'draining', reason: 'Target.DeregistrationInProgress' },
    ]);
    await new Promise((resolve) => setImmediate(resolve));
    expect(fixture.world.clock.skippedMs).toBe(skippedMs);
    await fixture.world.clock.sleep(121_000);
    await fixture.reached(group, '10.0.0.1', undefined);
    expect(fixture.model.targetHealth(group.arn)).toEqual([]);
  });

  it('journal every transition', async () => {
    const group = fixture.group('blue');
    await fixture.listener(group);
    await fixture.target(group, '10.0.0.1');
    await fixture.reached(group, '10.0.0.1', 'healthy');
    const seen = fixture.world.journal
      .of('target.health')
      .map(({ state, reason }) => [state, reason]);
    expect(seen).toEqual([
      ['initial', 'Elb.RegistrationInProgress'],
      ['initial', 'Elb.InitialHealthChecking'],
      ['healthy', undefined],
    ]);
  });
});
