import { describe, expect, it } from 'vitest';
import { hostOf, tlsName } from '../../../../functions/adapters/probe/tls-name.ts';

const balancer = 'https://shop-123.eu-central-1.elb.amazonaws.com:9001/health';

describe('tlsName', () => {
  it.each([
    ['load balancer', balancer, undefined],
    ['network load balancer', 'https://shop-1.elb.eu-central-1.amazonaws.com/', undefined],
    ['balancer in China', 'https://shop-1.cn-north-1.elb.amazonaws.com.cn/', undefined],
    ['host of its own', 'https://shop.example.com/', 'shop.example.com'],
    [
      'host that only looks like one',
      'https://elb.amazonaws.com.example.com/',
      'elb.amazonaws.com.example.com',
    ],
  ])('sends the name of a %s and verifies what it can', (_, url, verified) => {
    expect(tlsName(new URL(url), undefined)).toEqual({ sent: new URL(url).hostname, verified });
  });

  it.each(['https://10.0.0.1:8443/', 'https://[fd00::1]/'])('sends no name for %s', (url) => {
    expect(tlsName(new URL(url), undefined)).toEqual({ sent: undefined, verified: undefined });
  });

  it.each([
    ['serverName first', { serverName: 'a.example.com' }, 'b.example.com', 'a.example.com'],
    ['then the Host header', {}, 'b.example.com:443', 'b.example.com'],
  ])('takes %s, and verifies it even at a load balancer', (_, tls, hostHeader, name) => {
    expect(tlsName(new URL(balancer), hostHeader, tls)).toEqual({ sent: name, verified: name });
  });

  it('verifies an address that a check names', () => {
    expect(tlsName(new URL(balancer), '10.0.0.1')).toEqual({
      sent: undefined,
      verified: '10.0.0.1',
    });
  });
});

describe('hostOf', () => {
  it.each([
    ['shop.example.com', 'shop.example.com'],
    ['shop.example.com:8443', 'shop.example.com'],
    ['[::1]:443', '::1'],
    ['[fd00::1]', 'fd00::1'],
  ])('takes %s apart', (authority, host) => {
    expect(hostOf(authority)).toBe(host);
  });
});
