import { X509Certificate } from 'node:crypto';
import { beforeEach, describe, expect, it } from 'vitest';
import { AcmModel } from '../../../simulator/acm/model.ts';
import { acmResources } from '../../../simulator/acm/resources.ts';
import type { ResourceContext } from '../../../simulator/cloudformation/resource-provider.ts';
import { issueAuthority, issueCertificate } from '../../../simulator/core/certificates.ts';
import { createTestWorld } from '../../support/simulator/fake-world.ts';

const world = createTestWorld();
let acm: AcmModel;
beforeEach(() => {
  acm = new AcmModel(world);
});

describe('ACM', () => {
  it('issues what is requested, signed by the local authority, each name once', () => {
    const issued = acm.request({
      domainName: 'Shop.test',
      subjectAlternativeNames: ['*.shop.test', 'shop.test'],
    });
    const read = new X509Certificate(issued.certificatePem);
    expect(issued.arn).toMatch(/^arn:aws:acm:eu-west-1:111122223333:certificate\/[0-9a-f-]{36}$/);
    expect(read.subjectAltName).toBe('DNS:shop.test, DNS:*.shop.test');
    expect(read.checkIssued(new X509Certificate(acm.authority.certificatePem))).toBe(true);
    expect(acm.certificate(issued.arn)).toBe(issued);
  });

  it.each([
    ['a balancer name', 'shop-1.eu-west-1.elb.amazonaws.com', 'InvalidParameterException'],
    ['a single label', 'localhost', 'ValidationException'],
    ['a wildcard inside', 'a.*.shop.test', 'ValidationException'],
    ['a label with a hyphen at its end', 'shop-.test', 'ValidationException'],
  ])('refuses to issue for %s', (_what, domainName, code) => {
    expect(() => acm.request({ domainName })).toThrow(expect.objectContaining({ code }));
  });

  it('refuses more than ten names', () => {
    const subjectAlternativeNames = Array.from({ length: 10 }, (_each, n) => `n${n}.shop.test`);
    expect(() => acm.request({ domainName: 'shop.test', subjectAlternativeNames })).toThrow(
      'A certificate has at most 10 names, not 11',
    );
  });

  it('imports anything that is a pair, and replaces it under the same ARN', () => {
    const dnsNames = ['Pay.test', '10.0.0.1'];
    const expired = issueCertificate(issueAuthority(), { dnsNames, notAfterMs: 1_000_000_000_000 });
    const first = acm.import(expired);
    expect(first).toMatchObject({
      type: 'IMPORTED',
      domainNames: ['pay.test', '10.0.0.1'],
      notAfterMs: 1_000_000_000_000,
    });
    const renewed = issueCertificate(issueAuthority(), { dnsNames: ['pay.test'] });
    acm.import({ ...renewed, certificateArn: first.arn });
    expect(acm.all().map(({ arn, domainNames }) => [arn, domainNames])).toEqual([
      [first.arn, ['pay.test']],
    ]);
  });

  it('refuses to import what is no pair, unreadable, or in place of an issued one', () => {
    const one = issueCertificate(acm.authority, { dnsNames: ['a.test'] });
    const other = issueCertificate(acm.authority, { dnsNames: ['a.test'] });
    const code = 'ValidationException';
    expect(() => acm.import({ ...one, privateKeyPem: other.privateKeyPem })).toThrow(
      expect.objectContaining({
        code,
        message: 'The private key does not belong to the certificate',
      }),
    );
    expect(() => acm.import({ ...one, certificatePem: 'x' })).toThrow(
      expect.objectContaining({ code }),
    );
    const { arn } = acm.request({ domainName: 'a.test' });
    expect(() => acm.import({ ...one, certificateArn: arn })).toThrow(
      expect.objectContaining({ code: 'ResourceNotFoundException' }),
    );
  });

  it('is what a template asks for', async () => {
    const provider = acmResources(acm)['AWS::CertificateManager::Certificate'];
    if (!provider) throw new Error('no provider');
    const context: ResourceContext = {
      world,
      stackName: 'Sample',
      logicalId: 'Certificate',
      generatedName: () => 'unused',
    };
    const properties = provider.properties.parse({
      DomainName: 'shop.test',
      SubjectAlternativeNames: ['www.shop.test'],
      ValidationMethod: 'DNS',
      DomainValidationOptions: [{ DomainName: 'shop.test', HostedZoneId: 'Z1' }],
    });
    const { physicalId } = await provider.create(properties as never, context);
    expect(acm.certificate(physicalId)?.domainNames).toEqual(['shop.test', 'www.shop.test']);
  });
});
