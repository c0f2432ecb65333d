import { describe, expect, it } from 'vitest';
import type { Listener } from '../../../functions/core/ports/load-balancing.ts';
import { answerProbe } from '../../../functions/core/probe/answer-probe.ts';
import { planProbe, planSchedule } from '../../../functions/core/probe/probe-plan.ts';
import { probeChecks, shortenCheck } from '../../../functions/core/probe/shorten-check.ts';
import { httpCheck } from '../../support/builders/checks.ts';
import { parsedCheck } from '../../support/builders/parsed-checks.ts';
import { serviceConfig } from '../../support/builders/releases.ts';

const listener: Listener = {
  listenerArn: 'arn:listener/test',
  protocol: 'HTTPS',
  port: 8443,
  host: 'shop.elb.test',
  forwardings: [],
};

describe('planProbe', () => {
  it('addresses the listener by its protocol, host and port and says who asks', () => {
    const check = httpCheck({ path: '/a?b=1', headers: { Host: 'shop.example' }, timeoutMs: 900 });

    const plan = planProbe(check, listener, 'd-AAAAAAAA1');

    expect(plan.request).toEqual({
      url: 'https://shop.elb.test:8443/a?b=1',
      method: 'GET',
      headers: { host: 'shop.example', 'x-greengate-probe': 'd-AAAAAAAA1' },
      timeoutMs: 900,
      maxBodyBytes: 262_144,
      protocol: 'http/1.1',
      tls: {},
    });
    expect(plan.requests).toBe(20);
  });

  it.each([
    [
      'hunter2\n',
      'Cannot send header Authorization: Bearer ${secrets.token}, which holds a line break: store or encode it without',
    ],
    [
      'hunter2…',
      'Cannot send header Authorization: Bearer ${secrets.token}, which holds a character that no header can carry: store or encode it without',
    ],
  ])(
    'says of a header that cannot be sent with %j why, and nothing of the value',
    (token, message) => {
      const check = httpCheck({ headers: { Authorization: 'Bearer ${secrets.token}' } });
      const values = { secrets: { token }, captured: {}, deploymentId: 'd-1' };

      expect(() => planProbe(check, listener, 'd-1', values)).toThrow(
        expect.objectContaining({ name: 'InvalidConfigError', message }),
      );
      const sent = planProbe(check, listener, 'd-1', { ...values, secrets: { token: 'hünter 2' } });
      expect(sent.request.headers.authorization).toBe('Bearer hünter 2');
    },
  );

  it('never plans more at a time than in total', () => {
    const plan = planProbe(httpCheck({ requests: 3, concurrency: 8 }), listener, 'd-1');

    expect(plan.concurrency).toBe(3);
  });
});

describe('planSchedule', () => {
  it.each([
    [{ requests: 100 }, 4],
    [{ requests: 100, ratePerSecond: 5 }, 64],
    [{ requests: 100, ratePerSecond: 5, concurrency: 2 }, 2],
    [{ requests: 3, ratePerSecond: 5 }, 3],
  ])('of %j has at most %i in flight', (pace, concurrency) => {
    expect(planSchedule(pace)).toMatchObject({ concurrency });
  });

  it('counts its time in milliseconds', () => {
    expect(planSchedule({ requests: 1, maxTotalSeconds: 7 }).maxTotalMs).toBe(7_000);
  });
});

describe('shortenCheck', () => {
  it('leaves a check of ten requests as it is', () => {
    const check = httpCheck({ requests: 10 });

    expect(shortenCheck(check)).toBe(check);
  });

  it.each([
    [0, 0],
    [0.01, 0.1],
    [0.2, 0.2],
  ])('with an error share of %d forgives %d of ten requests', (max, short) => {
    const check = shortenCheck(httpCheck({ requests: 100, expect: { errorShare: { max } } }));

    expect(check).toMatchObject({ requests: 10 });
    expect(check.expect.errorShare.max).toBe(short);
  });

  it.each([
    [parsedCheck('flow', { steps: [{ path: '/' }], runs: 3 }), 'runs', 3],
    [parsedCheck('flow', { steps: [{ path: '/' }], runs: 4 }), 'runs', 3],
    [parsedCheck('websocket', { path: '/', requests: 40 }), 'requests', 10],
    [parsedCheck('grpc-health', { requests: 40 }), 'requests', 10],
    [parsedCheck('grpc-health', { requests: 4 }), 'requests', 4],
  ])('shortens $type to %s %i', (check, member, count) => {
    expect(shortenCheck(check)).toMatchObject({ [member]: count });
  });

  it('takes the checks that probe, and no others', () => {
    const checks = [
      parsedCheck('compare', { paths: ['/'] }),
      parsedCheck('websocket', { path: '/' }),
      parsedCheck('alarms', { names: ['a'] }),
      parsedCheck('custom', { file: 'own.ts' }),
      httpCheck(),
    ];

    expect(probeChecks(checks).map(({ type }) => type)).toEqual(['websocket', 'http']);
  });

  it('leaves latency to the full check', () => {
    const latency = { quantile: 0.95, maxMs: 500 };

    const short = shortenCheck(httpCheck({ requests: 100, expect: { latency } }));

    expect(short.expect.latency).toBe(undefined);
  });
});

describe('answerProbe', () => {
  it('asks for the path of the first HTTP check with its headers, always by GET', () => {
    const check = httpCheck({ path: '/orders', method: 'POST', headers: { Host: 'shop.example' } });
    const service = serviceConfig({
      checks: {
        afterAllowTestTraffic: [{ type: 'alarms', names: ['a'], allowInconclusive: false }],
        beforeAllowTraffic: [check],
        afterAllowTraffic: [],
      },
    });

    const request = answerProbe(service, listener, 'd-1');

    expect(request.url).toBe('https://shop.elb.test:8443/orders');
    expect(request.method).toBe('GET');
    expect(request.headers.host).toBe('shop.example');
  });

  it('asks without secrets, and without HTTP/2 where the listener has none', () => {
    const check = httpCheck({
      path: '/a/${secrets.token}',
      headers: { authorization: 'Bearer ${secrets.token}', 'x-deployment': '${deployment.id}' },
      protocol: 'h2',
      secrets: { token: { parameter: '/token' } },
    });
    const { checks } = serviceConfig();
    const service = serviceConfig({ checks: { ...checks, afterAllowTestTraffic: [check] } });

    const request = answerProbe(service, { ...listener, protocol: 'HTTP' }, 'd-1');

    expect(request).toMatchObject({
      url: 'http://shop.elb.test:8443/',
      headers: { 'x-deployment': 'd-1', 'x-greengate-probe': 'd-1' },
    });
    expect(Object.keys(request.headers)).toHaveLength(2);
    expect(request.protocol).toBe(undefined);
    expect(answerProbe(service, listener, 'd-1').protocol).toBe('h2');
  });

  it('asks for / when no HTTP check is configured', () => {
    expect(answerProbe(serviceConfig(), listener, 'd-1').url).toBe('https://shop.elb.test:8443/');
  });
});
