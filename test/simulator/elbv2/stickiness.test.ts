import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Listener, TargetGroup } from '../../../simulator/elbv2/state.ts';
import { BalancerFixture } from './balancer-fixture.ts';

let fixture: BalancerFixture;
let blue: TargetGroup;
let green: TargetGroup;
let listener: Listener;
beforeEach(() => {
  fixture = new BalancerFixture();
});
afterEach(() => fixture.stop());

/** The answer, and the cookies that a browser would send back. */
async function visit(cookie?: string) {
  const response = await fetch(`http://127.0.0.1:${listener.address.port}/`, {
    headers: cookie === undefined ? {} : { cookie },
  });
  const set = response.headers.getSetCookie();
  return {
    body: await response.text(),
    set,
    jar: set.map((each) => each.split(';')[0]).join('; '),
  };
}

describe('target group stickiness', () => {
  beforeEach(async () => {
    blue = fixture.group('blue');
    green = fixture.group('green');
    await fixture.target(blue, '10.0.0.1');
    await fixture.target(green, '10.0.0.2');
    listener = await fixture.listener(blue);
    fixture.model.listeners.modify(listener.arn, {
      defaultActions: [
        {
          Type: 'forward',
          ForwardConfig: {
            TargetGroups: [
              { TargetGroupArn: blue.arn, Weight: 1 },
              { TargetGroupArn: green.arn, Weight: 1 },
            ],
            TargetGroupStickinessConfig: { Enabled: true, DurationSeconds: 60 },
          },
        },
      ],
    });
  });

  it('keeps a client on its group after the weights moved, until the duration is over', async () => {
    const first = await visit();
    const second = await visit();
    expect([first.body, second.body]).toEqual(['10.0.0.1', '10.0.0.2']);
    expect(first.set.map((cookie) => cookie.replace(/=[^;]*;/, '=…;'))).toEqual([
      expect.stringMatching(/^AWSALBTG=…; Expires=.* GMT; Path=\/$/),
      expect.stringMatching(/^AWSALBTGCORS=…; Expires=.* GMT; Path=\/; SameSite=None$/),
    ]);
    fixture.model.setWeights(listener.arn, [
      { targetGroupArn: blue.arn, weight: 0 },
      { targetGroupArn: green.arn, weight: 1 },
    ]);
    expect((await visit()).body).toBe('10.0.0.2');
    expect((await visit(first.jar)).body).toBe('10.0.0.1');
    await fixture.world.clock.sleep(61_000);
    expect((await visit(first.jar)).body).toBe('10.0.0.2');
  });

  it('follows the twin for cross-site requests too, and takes nonsense for no cookie', async () => {
    const { set } = await visit();
    const cors = set[1]?.split(';')[0] ?? '';
    expect((await visit(cors)).body).toBe('10.0.0.1');
    expect((await visit('AWSALBTG=%%%')).body).toBe('10.0.0.2');
  });
});

describe('target stickiness', () => {
  const group = (attributes: Record<string, string>) => {
    blue = fixture.group('blue', { 'stickiness.enabled': 'true', ...attributes });
  };
  const listen = async () => {
    await fixture.target(blue, '10.0.0.1');
    await fixture.target(blue, '10.0.0.2');
    listener = await fixture.listener(blue);
  };

  it('keeps a client on its target by the balancer’s cookie, for as long as it lasts', async () => {
    group({ 'stickiness.lb_cookie.duration_seconds': '30' });
    await listen();
    const first = await visit();
    expect(first.set.map((cookie) => cookie.split('=')[0])).toEqual(['AWSALB', 'AWSALBCORS']);
    const again = [await visit(first.jar), await visit(first.jar)];
    expect(again.map(({ body }) => body)).toEqual([first.body, first.body]);
    // Every answer renews the cookie.
    await fixture.world.clock.sleep(20_000);
    const renewed = await visit(first.jar);
    await fixture.world.clock.sleep(20_000);
    expect((await visit(renewed.jar)).body).toBe(first.body);
    await fixture.world.clock.sleep(31_000);
    const bodies = [await visit(renewed.jar), await visit(renewed.jar)].map(({ body }) => body);
    expect(new Set(bodies)).toEqual(new Set(['10.0.0.1', '10.0.0.2']));
  });

  it('chooses another target once the client’s own is deregistered', async () => {
    group({});
    await listen();
    const first = await visit();
    fixture.model.deregisterTarget(blue.arn, { id: first.body, port: 8080 });
    const next = await visit(first.jar);
    expect(next.body).not.toBe(first.body);
    expect((await visit(next.jar)).body).toBe(next.body);
  });

  it('follows the application’s own cookie only where the target sets it', async () => {
    group({ 'stickiness.type': 'app_cookie', 'stickiness.app_cookie.cookie_name': 'session' });
    await listen();
    expect((await visit()).set).toEqual([]);
    expect((await visit('session=1')).set).toEqual([]);
    const answers = ['10.0.0.3', '10.0.0.4'];
    for (const id of answers) {
      await fixture.target(blue, id, (_request, response) => {
        response.setHeader('set-cookie', 'session=1; Path=/');
        response.end(id);
      });
    }
    for (const id of ['10.0.0.1', '10.0.0.2']) {
      fixture.model.deregisterTarget(blue.arn, { id, port: 8080 });
    }
    const first = await visit();
    expect(first.set.map((cookie) => cookie.split('=')[0])).toEqual(['session', 'AWSALBAPP-0']);
    const again = [await visit(first.jar), await visit(first.jar)].map(({ body }) => body);
    expect(again).toEqual([first.body, first.body]);
    // Without the application's cookie the balancer's own binds no longer.
    const own = first.jar.split('; ')[1];
    const bodies = [await visit(own), await visit(own)].map(({ body }) => body);
    expect(new Set(bodies)).toEqual(new Set(answers));
  });
});
