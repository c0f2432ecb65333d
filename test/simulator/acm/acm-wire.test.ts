import {
  ACMClient,
  AddTagsToCertificateCommand,
  DeleteCertificateCommand,
  DescribeCertificateCommand,
  GetCertificateCommand,
  ImportCertificateCommand,
  ListCertificatesCommand,
  ListTagsForCertificateCommand,
  RemoveTagsFromCertificateCommand,
  RequestCertificateCommand,
} from '@aws-sdk/client-acm';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { AcmModel } from '../../../simulator/acm/model.ts';
import { acmWire } from '../../../simulator/acm/wire.ts';
import { issueAuthority, issueCertificate } from '../../../simulator/core/certificates.ts';
import type { Elbv2Service } from '../../../simulator/core/services.ts';
import { type SimulatedAws, simulatedAws } from '../wire/simulated-aws.ts';

const balancer = 'arn:aws:elasticloadbalancing:eu-west-1:111122223333:loadbalancer/app/shop/1';
let aws: SimulatedAws;
let acm: ACMClient;
let users: readonly string[];
beforeEach(async () => {
  users = [];
  aws = await simulatedAws((world) => {
    world.provide('elbv2', { certificateUsers: () => users } as unknown as Elbv2Service);
    return [acmWire(new AcmModel(world), world)];
  });
  acm = new ACMClient(aws.client);
});
afterEach(() => aws.stop());

const request = async (more: object = {}) => {
  const asked = new RequestCertificateCommand({ DomainName: 'shop.test', ...more });
  return (await acm.send(asked)).CertificateArn ?? '';
};
const describeOne = async (CertificateArn: string) =>
  (await acm.send(new DescribeCertificateCommand({ CertificateArn }))).Certificate;

describe('a requested certificate', () => {
  it('waits for its DNS records, then is issued', async () => {
    const arn = await request({
      ValidationMethod: 'DNS',
      SubjectAlternativeNames: ['*.shop.test'],
    });
    const pending = await describeOne(arn);
    expect(pending).toMatchObject({
      Status: 'PENDING_VALIDATION',
      Type: 'AMAZON_ISSUED',
      KeyAlgorithm: 'RSA_2048',
      SubjectAlternativeNames: ['shop.test', '*.shop.test'],
      DomainValidationOptions: [
        {
          DomainName: 'shop.test',
          ValidationStatus: 'PENDING_VALIDATION',
          ResourceRecord: {
            Name: expect.stringMatching(/^_[0-9a-f]{32}\.shop\.test\.$/),
            Type: 'CNAME',
            Value: expect.stringMatching(/^_[0-9a-f]{32}\.[0-9a-f]{10}\.acm-validations\.aws\.$/),
          },
        },
        { DomainName: '*.shop.test' },
      ],
    });
    expect(pending).not.toHaveProperty('Serial');
    const [apex, wildcard] = pending?.DomainValidationOptions ?? [];
    // ACM guide, DNS validation: a wildcard is proven by the record of its parent.
    expect(wildcard?.ResourceRecord).toEqual(apex?.ResourceRecord);
    await expect(
      acm.send(new GetCertificateCommand({ CertificateArn: arn })),
    ).rejects.toMatchObject({ name: 'RequestInProgressException' });
    const { settings, clock } = aws.world;
    await clock.sleep(settings.certificateValidationMs);
    expect(await describeOne(arn)).toMatchObject({
      Status: 'ISSUED',
      IssuedAt: expect.any(Date),
      Serial: expect.stringMatching(/^[0-9a-f]{2}(:[0-9a-f]{2})+$/),
      InUseBy: [],
    });
    const { Certificate, CertificateChain } = await acm.send(
      new GetCertificateCommand({ CertificateArn: arn }),
    );
    expect(Certificate).toMatch(/^-----BEGIN CERTIFICATE-----/);
    expect(CertificateChain).toMatch(/^-----BEGIN CERTIFICATE-----/);
  });

  it('is the same one for the same token', async () => {
    const first = await request({ IdempotencyToken: 'a' });
    expect(await request({ IdempotencyToken: 'a' })).toBe(first);
    expect(await request({ IdempotencyToken: 'b' })).not.toBe(first);
  });

  it('cannot be deleted while a listener shows it', async () => {
    const CertificateArn = await request();
    users = [balancer];
    expect((await describeOne(CertificateArn))?.InUseBy).toEqual([balancer]);
    const remove = () => acm.send(new DeleteCertificateCommand({ CertificateArn }));
    await expect(remove()).rejects.toMatchObject({
      name: 'ResourceInUseException',
      message: `Certificate ${CertificateArn} in account 111122223333 is in use.`,
    });
    users = [];
    await remove();
    await expect(remove()).rejects.toMatchObject({
      name: 'ResourceNotFoundException',
      message: `Could not find certificate ${CertificateArn} in account 111122223333.`,
    });
  });

  it.each([
    [{ ValidationMethod: 'HTTP' }, 'NotImplemented'],
    [{ KeyAlgorithm: 'EC_secp384r1' }, 'NotImplemented'],
    [{ Options: { Export: 'ENABLED' } }, 'NotImplemented'],
    [{ Tags: [{ Key: 'aws:x', Value: '1' }] }, 'InvalidTagException'],
    [{ CertificateAuthorityArn: 'arn:aws:acm-pca:x' }, 'NotImplemented'],
  ])('%j is refused', async (more, name) => {
    await expect(request(more)).rejects.toMatchObject({ name });
  });
});

describe('an imported certificate', () => {
  it('is described as such, and only its owner can replace it', async () => {
    const issued = issueCertificate(issueAuthority(), { dnsNames: ['pay.test'] });
    const pair = {
      Certificate: Buffer.from(issued.certificatePem),
      PrivateKey: Buffer.from(issued.privateKeyPem),
    };
    const { CertificateArn = '' } = await acm.send(new ImportCertificateCommand(pair));
    expect(await describeOne(CertificateArn)).toMatchObject({
      Type: 'IMPORTED',
      Status: 'ISSUED',
      DomainName: 'pay.test',
      KeyAlgorithm: 'EC_prime256v1',
      RenewalEligibility: 'INELIGIBLE',
      ImportedAt: expect.any(Date),
    });
    expect(await acm.send(new GetCertificateCommand({ CertificateArn }))).toMatchObject({
      Certificate: issued.certificatePem,
      CertificateChain: issued.certificatePem,
    });
    await expect(
      acm.send(
        new ImportCertificateCommand({ ...pair, CertificateArn, Tags: [{ Key: 'a', Value: 'b' }] }),
      ),
    ).rejects.toMatchObject({ name: 'ValidationException' });
  });
});

describe('lists and tags', () => {
  it('lists RSA certificates, in pages and by status, and others when they are asked for', async () => {
    const arns = [await request(), await request({ DomainName: 'b.test' })];
    const other = await request({ DomainName: 'c.test', KeyAlgorithm: 'EC_prime256v1' });
    const list = async (input: object) => {
      const answer = await acm.send(new ListCertificatesCommand(input));
      return {
        ...answer,
        arns: answer.CertificateSummaryList?.map((each) => each.CertificateArn),
      };
    };
    expect((await list({})).arns).toEqual(arns);
    expect((await list({ CertificateStatuses: ['ISSUED'] })).arns).toEqual([]);
    expect((await list({ Includes: { keyTypes: ['EC_prime256v1'] } })).arns).toEqual([other]);
    const { NextToken, arns: first } = await list({ MaxItems: 1 });
    expect([first, (await list({ MaxItems: 1, NextToken })).arns]).toEqual([[arns[0]], [arns[1]]]);
  });

  it('adds tags and takes them away', async () => {
    const CertificateArn = await request({ Tags: [{ Key: 'a', Value: '1' }] });
    const Tags = [
      { Key: 'a', Value: '2' },
      { Key: 'b', Value: '3' },
    ];
    await acm.send(new AddTagsToCertificateCommand({ CertificateArn, Tags }));
    await acm.send(
      new RemoveTagsFromCertificateCommand({
        CertificateArn,
        Tags: [{ Key: 'a', Value: '1' }, { Key: 'b' }],
      }),
    );
    const listed = await acm.send(new ListTagsForCertificateCommand({ CertificateArn }));
    expect(listed.Tags).toEqual([{ Key: 'a', Value: '2' }]);
  });

  it('refuses an ARN that is none', async () => {
    await expect(describeOne('arn:aws:acm:eu-west-1:111122223333:account/1')).rejects.toMatchObject(
      {
        name: 'InvalidArnException',
      },
    );
  });
});
