import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decideAccess } from '../../../simulator/iam/decide-access.ts';
import { evaluatePolicies, type SourcedPolicy } from '../../../simulator/iam/evaluate-policies.ts';
import { type PolicyDocument, policyDocument } from '../../../simulator/iam/policy-document.ts';

const actions = ['s3:GetObject', 's3:PutObject', 'ecs:RunTask'];
const patterns = ['*', 's3:*', 's3:Get*', '*:RunTask', ...actions];
const resources = ['arn:aws:s3:::a/1', 'arn:aws:s3:::b/2'];
const resourcePatterns = ['*', 'arn:aws:s3:::a/*', 'arn:aws:s3:::?/2', ...resources];

const oneOf = (values: readonly string[]) => fc.constantFrom(...values);
const someOf = (values: readonly string[]) =>
  fc.array(oneOf(values), { minLength: 1, maxLength: 3 });
const actionPart = fc.oneof(
  someOf(patterns).map((Action) => ({ Action })),
  someOf(patterns).map((NotAction) => ({ NotAction })),
);
const resourcePart = fc.oneof(
  someOf(resourcePatterns).map((Resource) => ({ Resource })),
  someOf(resourcePatterns).map((NotResource) => ({ NotResource })),
);
const conditionPart = fc.constantFrom(
  {},
  { Condition: { StringEquals: { 'aws:username': 'ann' } } },
  { Condition: { StringNotLike: { 'aws:username': 'b*' } } },
  { Condition: { 'ForAllValues:StringEquals': { 'aws:TagKeys': ['team'] } } },
);
const body = fc
  .tuple(actionPart, resourcePart, conditionPart)
  .map(([action, resource, condition]) => ({ ...action, ...resource, ...condition }));
const statement = fc.tuple(oneOf(['Allow', 'Deny']), body).map(([Effect, rest]) => ({
  Effect,
  ...rest,
}));
const statements = fc.array(statement, { minLength: 1, maxLength: 6 });
const request = fc
  .tuple(oneOf(actions), oneOf(resources), oneOf(['ann', 'bob']))
  .map(([action, resource, name]) => ({
    action,
    resource,
    context: new Map([['aws:username', [name]]]),
  }));

const documentOf = (Statement: readonly object[]): PolicyDocument =>
  policyDocument.parse({ Version: '2012-10-17', Statement });
const policyOf = (list: readonly object[]): SourcedPolicy[] => [
  { id: 'p', type: 'role', document: documentOf(list) },
];
const decide = (list: readonly object[], asked: Parameters<typeof evaluatePolicies>[1]) =>
  evaluatePolicies(policyOf(list), asked).decision;
const everything = { Effect: 'Allow', Action: ['*'], Resource: ['*'] };

describe('laws of policy evaluation', () => {
  it('a deny of everything wins over any allow', () => {
    fc.assert(
      fc.property(statements, request, (list, asked) => {
        const denied = { Effect: 'Deny', Action: ['*'], Resource: ['*'] };
        expect(decide([...list, everything, denied], asked)).toBe('explicitDeny');
      }),
    );
  });

  it('the order of statements decides nothing', () => {
    fc.assert(
      fc.property(statements, request, (list, asked) => {
        expect(decide(list.toReversed(), asked)).toBe(decide(list, asked));
      }),
    );
  });

  it('adding an allow never denies, and removing a deny never denies', () => {
    const rank = { explicitDeny: 0, implicitDeny: 1, allowed: 2 };
    fc.assert(
      fc.property(statements, body, request, (list, added, asked) => {
        const before = rank[decide(list, asked)];
        expect(
          rank[decide([...list, { Effect: 'Allow', ...added }], asked)],
        ).toBeGreaterThanOrEqual(before);
        const withDeny = rank[decide([...list, { Effect: 'Deny', ...added }], asked)];
        expect(before).toBeGreaterThanOrEqual(withDeny);
      }),
    );
  });

  it('an action and the negation of the same action never both cover a request', () => {
    fc.assert(
      fc.property(someOf(patterns), request, (list, asked) => {
        const by = (part: object) => decide([{ Effect: 'Allow', Resource: ['*'], ...part }], asked);
        expect([by({ Action: list }), by({ NotAction: list })].sort()).toEqual([
          'allowed',
          'implicitDeny',
        ]);
      }),
    );
  });

  it('boundary and session policies only take away', () => {
    fc.assert(
      fc.property(statements, statements, statements, request, (list, limit, session, asked) => {
        const limited = decideAccess(
          { identity: policyOf(list), boundary: documentOf(limit), session: [documentOf(session)] },
          asked,
          { entityArn: 'arn:aws:iam::1:role/r' },
        );
        const each = [list, limit, session].every((one) => decide(one, asked) === 'allowed');
        expect(limited.allowed).toBe(each);
      }),
    );
  });
});

describe('resource policies', () => {
  const caller = {
    entityArn: 'arn:aws:iam::123456789012:role/r',
    sessionArn: 'arn:aws:sts::123456789012:assumed-role/r/s',
  };
  const asked = { action: 's3:GetObject', resource: 'arn:aws:s3:::a/1', context: new Map() };
  const bucketPolicy = (Effect: string, Principal: unknown) => [
    documentOf([{ Effect, Principal, Action: 's3:GetObject', Resource: '*' }]),
  ];
  const allowsAll = policyOf([everything]);
  const nothing = policyOf([{ ...everything, Action: ['sqs:*'] }]);

  it.each([
    ['a role that is named', { AWS: caller.entityArn }, true],
    ['the session that is named', { AWS: caller.sessionArn }, true],
    ['anybody', '*', true],
    ['the account, which only delegates', { AWS: '123456789012' }, false],
    ['another role', { AWS: 'arn:aws:iam::123456789012:role/other' }, false],
    ['a service', { Service: 's3.amazonaws.com' }, false],
  ])('allows a caller without policies of his own: %s', (_name, principal, allowed) => {
    const policies = { identity: nothing, resource: bucketPolicy('Allow', principal) };
    expect(decideAccess(policies, asked, caller).allowed).toBe(allowed);
  });

  it('an explicit deny of the account is one of each of its callers', () => {
    const resource = bucketPolicy('Deny', { AWS: 'arn:aws:iam::123456789012:root' });
    expect(decideAccess({ identity: allowsAll, resource }, asked, caller)).toEqual({
      allowed: false,
      explicit: true,
      kind: 'resource-based policy',
    });
  });

  it('a session that is named is not held by its session policy, a role that is named is', () => {
    const session = [documentOf([{ ...everything, Action: ['sqs:*'] }])];
    const decided = (AWS: string) =>
      decideAccess(
        { identity: nothing, session, resource: bucketPolicy('Allow', { AWS }) },
        asked,
        caller,
      );
    expect(decided(caller.sessionArn)).toEqual({ allowed: true });
    expect(decided(caller.entityArn)).toEqual({
      allowed: false,
      explicit: false,
      kind: 'session policy',
    });
  });
});
