import { describe, expect, it } from 'vitest';
import type { Listener } from '../../../functions/core/ports/load-balancing.ts';
import { answerProbe } from '../../../functions/core/probe/answer-probe.ts';
import { planProbe } from '../../../functions/core/probe/probe-plan.ts';
import { shortenCheck } from '../../../functions/core/probe/shorten-check.ts';
import { httpCheck } from '../../support/builders/checks.ts';
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

  it('never plans more at a time than in total', () => {
    const plan = planProbe(httpCheck({ requests: 3, concurrency: 8 }), listener, 'd-1');

    expect(plan.concurrency).toBe(3);
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

  it('asks for / when no HTTP check is configured', () => {
    expect(answerProbe(serviceConfig(), listener, 'd-1').url).toBe('https://shop.elb.test:8443/');
  });
});
