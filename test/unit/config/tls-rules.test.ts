import { rootCertificates } from 'node:tls';
import { describe, expect, it } from 'vitest';
import { tlsIssues } from '../../../functions/core/config/tls-rules.ts';
import { problemsOf, withHttpCheck } from './config-text.ts';

const [one = '', other = ''] = rootCertificates;
const garbage = '-----BEGIN CERTIFICATE-----\nnonsense\n-----END CERTIFICATE-----';

describe('tlsIssues', () => {
  it.each([
    ['nothing', {}],
    ['one certificate', { ca: one }],
    ['a bundle with remarks', { ca: `${one}\nthe other:\n${other}\n` }],
    ['a host name', { serverName: 'shop.example.com' }],
    ['a name without a dot', { serverName: 'shop' }],
  ])('takes %s', (_, tls) => {
    expect(tlsIssues({ tls })).toEqual([]);
  });

  it.each([
    ['garbage between the right lines', garbage, 'has a certificate that cannot be read'],
    ['only the first line', '-----BEGIN CERTIFICATE-----', 'has a certificate that cannot be read'],
    ['a certificate without its end', one.slice(0, 200), 'has a certificate that cannot be read'],
    ['garbage behind a good one', `${one}\n${garbage}`, 'has a certificate (number 2)'],
    ['no line breaks', one.replaceAll('\n', ' '), 'with its line breaks'],
  ])('refuses %s', (_, ca, message) => {
    const path = ['tls', 'ca'];
    expect(tlsIssues({ tls: { ca } })).toEqual([
      { path, message: expect.stringContaining(message) },
    ]);
  });

  it.each(['https://shop.example.com', '10.0.0.1', 'a b', 'shop..com', '*.example.com'])(
    'refuses server name %s',
    (serverName) => {
      const message = `is "${serverName}", expected a host name such as shop.example.com`;
      expect(tlsIssues({ tls: { serverName } })).toEqual([
        { path: ['tls', 'serverName'], message },
      ]);
    },
  );

  it('is asked for every check', () => {
    expect(problemsOf(withHttpCheck('tls: { serverName: "a b" }'))).toEqual([
      'greengate.yaml:14:41 services[0].checks.afterAllowTestTraffic[0].tls.serverName: is "a b", expected a host name such as shop.example.com',
    ]);
  });
});
