import {
  CreateRoleCommand,
  IAMClient,
  PutRolePolicyCommand,
  UpdateAssumeRolePolicyCommand,
} from '@aws-sdk/client-iam';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { IamModel } from '../../../simulator/iam/model.ts';
import { iamWire } from '../../../simulator/iam/wire.ts';
import { type SimulatedAws, simulatedAws } from '../wire/simulated-aws.ts';

let aws: SimulatedAws;
let iam: IAMClient;
const trust = (Principal: unknown, more: object = {}) =>
  JSON.stringify({
    Version: '2012-10-17',
    Statement: [{ Effect: 'Allow', Action: 'sts:AssumeRole', Principal, ...more }],
  });

beforeEach(async () => {
  aws = await simulatedAws((world) => [iamWire(new IamModel(world))]);
  iam = new IAMClient(aws.client);
  const AssumeRolePolicyDocument = trust({ Service: 'lambda.amazonaws.com' });
  await iam.send(new CreateRoleCommand({ RoleName: 'shop', AssumeRolePolicyDocument }));
});
afterEach(() => aws.stop());

const put = (PolicyDocument: string) =>
  iam.send(new PutRolePolicyCommand({ RoleName: 'shop', PolicyName: 'own', PolicyDocument }));
const refusal = async (work: Promise<unknown>): Promise<unknown> =>
  work.then(
    () => 'taken',
    (error) => [error.name, error.message],
  );
const malformed = (message: string) => ['MalformedPolicyDocumentException', message];
const good = { Effect: 'Allow', Action: 's3:GetObject', Resource: '*' };
const syntax = 'Syntax errors in policy.';

describe('an identity policy is refused', () => {
  it.each([
    [
      'an unknown operator',
      { ...good, Condition: { StringIs: { 'aws:RequestTag/a': 'b' } } },
      syntax,
    ],
    ['no effect', { Action: 's3:GetObject', Resource: '*' }, syntax],
    ['Action and NotAction', { ...good, NotAction: 's3:PutObject' }, syntax],
    ['an unknown element', { ...good, Actions: [] }, syntax],
    ['no action', { Effect: 'Allow', Resource: '*' }, 'Policy statement must contain actions.'],
    ['an empty list of actions', { ...good, Action: [] }, 'Policy statement must contain actions.'],
    ['no resource', { ...good, Resource: undefined }, 'Policy statement must contain resources.'],
    ['a principal', { ...good, Principal: '*' }, 'Policy document should not specify a principal.'],
    [
      'an action without vendor',
      { ...good, Action: 'GetObject' },
      'Actions/Conditions must be prefaced by a vendor, e.g., iam, sdb, ec2, etc.',
    ],
    [
      'two colons',
      { ...good, Action: 's3:Get:Object' },
      'Actions/Condition can contain only one colon.',
    ],
    ['a vendor with a blank', { ...good, Action: 's 3:GetObject' }, 'Vendor s 3 is not valid'],
    [
      'a resource that is no ARN',
      { ...good, Resource: 'bucket' },
      'Resource bucket must be in ARN format or "*".',
    ],
    [
      'an unknown partition',
      { ...good, Resource: 'arn:zoo:s3:::bucket' },
      'Partition "zoo" is not valid for resource "arn:zoo:s3:::bucket".',
    ],
    [
      'a bucket with a Region',
      { ...good, Resource: 'arn:aws:s3:eu-west-1::bucket' },
      'Resource arn:aws:s3:eu-west-1::bucket can not contain region information.',
    ],
    [
      'a Sid with a blank',
      { ...good, Sid: 'my sid' },
      'Statement IDs (SID) must be alpha-numeric. Check that your input satisfies the regular expression [0-9A-Za-z]*',
    ],
  ])('for %s', async (_case, statement, message) => {
    const document = JSON.stringify({ Version: '2012-10-17', Statement: [statement] });
    expect(await refusal(put(document))).toEqual(malformed(message));
  });

  it('for text that is not JSON, for no statements, and for a Sid that comes twice', async () => {
    expect(await refusal(put('{'))).toEqual(malformed('This policy contains invalid Json'));
    expect(await refusal(put('{"Statement":[]}'))).toEqual(malformed(syntax));
    const twice = JSON.stringify({
      Statement: [
        { ...good, Sid: 'a' },
        { ...good, Sid: 'a' },
      ],
    });
    expect(await refusal(put(twice))).toEqual(
      malformed('Statement IDs (SID) in a single policy must be unique.'),
    );
  });

  it.each([
    'arn:aws:s3:::bucket/${aws:username}/*',
    'arn:*:iam::*:role/*',
    'arn:aws:*',
    'arn:aws:iam::123456789012:root',
    'arn:aws:ecs:*:*:service/*/shop',
  ])('but not for the resource %s', async (Resource) => {
    expect(await refusal(put(JSON.stringify({ Statement: { ...good, Resource } })))).toBe('taken');
  });
});

describe('a trust policy is refused', () => {
  const update = (PolicyDocument: string) =>
    iam.send(new UpdateAssumeRolePolicyCommand({ RoleName: 'shop', PolicyDocument }));
  const role = (name: string) => `arn:aws:iam::111122223333:role/${name}`;

  it.each([
    [{ Service: 'lambda' }, 'Invalid principal in policy: "SERVICE":"lambda"'],
    [{ AWS: 'somebody' }, 'Invalid principal in policy: "AWS":"somebody"'],
    [{ AWS: role('none') }, `Invalid principal in policy: "AWS":"${role('none')}"`],
    [{ Robot: 'x' }, syntax],
  ])('for the principal %j', async (principal, message) => {
    expect(await refusal(update(trust(principal)))).toEqual(malformed(message));
  });

  it('for actions of other services, for resources and without principals', async () => {
    const principal = { Service: 'lambda.amazonaws.com' };
    expect(await refusal(update(trust(principal, { Action: 's3:GetObject' })))).toEqual(
      malformed(
        'Trust Policy statement actions can only be sts:AssumeRole, sts:AssumeRoleWithSAML,  and sts:AssumeRoleWithWebIdentity',
      ),
    );
    expect(await refusal(update(trust(principal, { Resource: '*' })))).toEqual(
      malformed('Has prohibited field Resource'),
    );
    expect(await refusal(update(trust(undefined)))).toEqual(
      malformed('AssumeRolepolicy must contain principals.'),
    );
  });

  it.each([
    { AWS: '*' },
    { AWS: '111122223333' },
    { AWS: role('shop') },
    { AWS: 'arn:aws:iam::999999999999:role/elsewhere' },
    { Service: ['ecs-tasks.amazonaws.com', 'states.eu-west-1.amazonaws.com'] },
    { Federated: 'cognito-identity.amazonaws.com' },
  ])('but not for the principal %j', async (principal) => {
    expect(await refusal(update(trust(principal)))).toBe('taken');
  });
});
