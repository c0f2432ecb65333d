import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Random } from '../../simulator/core/random.ts';
import { evaluatePolicies, type SourcedPolicy } from '../../simulator/iam/evaluate-policies.ts';
import type { PolicyDocument } from '../../simulator/iam/policy-document.ts';
import { normalized } from '../../simulator/iam/request-context.ts';
import type { Role } from '../../simulator/iam/role-directory.ts';
import { type RoleUsage, usageReport } from '../../simulator/iam/usage-report.ts';
import { type OpenSample, openSample } from '../support/simulator/open-sample.ts';

const limitMs = 240_000;
/** Whole releases are slow; of all needed actions so many are taken away for real, the rest on paper. */
const rehearsedRemovals = 2;
const seed = 20_261_121;

let sample: OpenSample;
let report: readonly RoleUsage[];

beforeAll(async () => {
  sample = await openSample();
  const { outcome } = await sample.release('v2');
  expect(outcome).toBe('deployed');
  report = usageReport(sample.simulator.models.iam);
}, limitMs);
afterAll(() => sample?.stop());

const iam = () => sample.simulator.models.iam;
const roleOf = (arn: string): Role => {
  const role = iam().role(arn);
  if (!role) throw new Error(`No role ${arn}`);
  return role;
};

/** A policy whose statements do not name the action any more. */
function without(document: PolicyDocument, action: string): PolicyDocument {
  const same = (one: string) => one.toLowerCase() === action.toLowerCase();
  return {
    ...document,
    Statement: document.Statement.map((statement) => {
      const { Action } = statement;
      if (statement.Effect === 'Deny' || !Action?.some(same)) return statement;
      const left = Action.filter((one) => !same(one));
      return { ...statement, Action: left.length > 0 ? left : ['none:None'] };
    }),
  };
}

const trimmed = (policies: readonly SourcedPolicy[], action: string): SourcedPolicy[] =>
  policies.map((policy) => ({ ...policy, document: without(policy.document, action) }));

describe('least privilege', () => {
  it('one release needs nothing that a role does not grant', () => {
    expect(report.flatMap(({ denied }) => denied)).toEqual([]);
  });

  it('the report tells of grants that this one release did not need', () => {
    const unused = new Set(report.flatMap((role) => role.unused.map(({ action }) => action)));
    // Only a rollback stops a deployment, and only a redrive takes up an execution again.
    expect(unused).toContain('codedeploy:StopDeployment');
    expect(unused).not.toContain('codedeploy:CreateDeployment');
  });

  it('every needed action is granted once: taken from its role, the call is denied', () => {
    const spared: string[] = [];
    let judged = 0;
    for (const { roleArn, used } of report) {
      const policies = iam().policiesOf(roleOf(roleArn));
      for (const action of used) {
        const left = trimmed(policies, action);
        const calls = iam().access.usage.of(roleArn);
        for (const call of calls.filter((one) => one.action === action && one.allowed > 0)) {
          judged++;
          const request = { action, resource: call.resource, context: normalized(call.context) };
          const { decision } = evaluatePolicies(left, request);
          if (decision === 'allowed') spared.push(`${roleOf(roleArn).roleName}: ${action}`);
        }
      }
    }
    expect(judged).toBeGreaterThan(30);
    expect([...new Set(spared)]).toEqual([]);
  });

  it(
    'a release fails when a needed action is taken away, and the report names the action',
    async () => {
      const random = new Random(seed);
      const needed = report
        .filter(({ roleArn }) => /Deploy|Register|Resolve/.test(roleOf(roleArn).roleName))
        .flatMap(({ roleArn, used }) =>
          used
            .filter((one) => /^(ecs|codedeploy|ecr):/.test(one))
            .map((action) => ({ roleArn, action })),
        );
      expect(needed.length).toBeGreaterThan(rehearsedRemovals);
      for (let turn = 0; turn < rehearsedRemovals; turn++) {
        const [{ roleArn, action } = { roleArn: '', action: '' }] = needed.splice(
          random.below(needed.length),
          1,
        );
        const role = roleOf(roleArn);
        const before = new Map(role.inlinePolicies);
        for (const [name, document] of before) {
          role.inlinePolicies.set(name, without(document, action));
        }
        const { outcome } = await sample.release(`v${turn + 3}`, { VERSION: `v${turn + 3}` });
        expect(outcome).not.toBe('deployed');
        const denied = usageReport(iam()).flatMap((one) => one.denied.map((each) => each.action));
        expect(denied).toContain(action);
        for (const [name, document] of before) role.inlinePolicies.set(name, document);
      }
    },
    limitMs,
  );
});
