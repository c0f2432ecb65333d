import { AwsError } from '../core/aws-error.ts';
import { isConditionOperator } from './conditions.ts';
import type { PolicyDocument, PolicyStatement } from './policy-document.ts';
import { checkResourceArn } from './resource-arn-rules.ts';

export type PolicyUse = 'identity' | 'trust';

export function malformed(message: string): AwsError {
  return new AwsError('MalformedPolicyDocument', message);
}

/**
 * What IAM refuses of a policy that is well formed, in its own words (as public threads and moto's tests, which
 * were recorded from AWS, quote them). Throws AwsError MalformedPolicyDocument.
 */
export function checkPolicyRules({ Statement }: PolicyDocument, use: PolicyUse): void {
  for (const statement of Statement) checkSyntax(statement);
  checkSids(Statement, use);
  for (const statement of Statement) {
    checkActions(statement);
    if (use === 'trust') checkTrust(statement);
    else checkIdentity(statement);
  }
}

function checkSyntax({ Action, NotAction, Resource, NotResource, Condition }: PolicyStatement) {
  const both = (Action && NotAction) || (Resource && NotResource);
  const operators = Object.keys(Condition ?? {});
  if (both || !operators.every(isConditionOperator)) throw malformed('Syntax errors in policy.');
}

function checkSids(statements: readonly PolicyStatement[], use: PolicyUse): void {
  const sids = statements.flatMap(({ Sid }) => Sid || []);
  if (new Set(sids).size < sids.length) {
    throw malformed('Statement IDs (SID) in a single policy must be unique.');
  }
  if (use === 'identity' && !sids.every((sid) => /^[0-9A-Za-z]*$/.test(sid))) {
    throw malformed(
      'Statement IDs (SID) must be alpha-numeric. Check that your input satisfies the regular expression [0-9A-Za-z]*',
    );
  }
}

function checkActions({ Action, NotAction }: PolicyStatement): void {
  const actions = Action ?? NotAction;
  if (!actions?.length) throw malformed('Policy statement must contain actions.');
  for (const action of actions) {
    const [vendor = '', ...names] = action.split(':');
    if (action === '*') continue;
    if (names.length === 0) {
      throw malformed('Actions/Conditions must be prefaced by a vendor, e.g., iam, sdb, ec2, etc.');
    }
    if (names.length > 1) throw malformed('Actions/Condition can contain only one colon.');
    if (vendor !== '*' && !/^[a-zA-Z0-9.-]+$/.test(vendor)) {
      throw malformed(`Vendor ${vendor} is not valid`);
    }
  }
}

function checkIdentity({ Principal, NotPrincipal, Resource, NotResource }: PolicyStatement): void {
  if (Principal !== undefined || NotPrincipal !== undefined) {
    throw malformed('Policy document should not specify a principal.');
  }
  const resources = Resource ?? NotResource;
  if (!resources?.length) throw malformed('Policy statement must contain resources.');
  for (const resource of resources) checkResourceArn(resource);
}

function checkTrust(statement: PolicyStatement): void {
  const { Principal, NotPrincipal, Action, NotAction, Resource, NotResource } = statement;
  if (Principal === undefined && NotPrincipal === undefined) {
    throw malformed('AssumeRolepolicy must contain principals.');
  }
  if (Resource || NotResource) throw malformed('Has prohibited field Resource');
  if (!(Action ?? NotAction ?? []).every((action) => /^sts:/i.test(action))) {
    throw malformed(
      'Trust Policy statement actions can only be sts:AssumeRole, sts:AssumeRoleWithSAML,  and sts:AssumeRoleWithWebIdentity',
    );
  }
  checkPrincipal(Principal ?? NotPrincipal ?? '*');
}

const awsPrincipal =
  /^(\*|\d{12}|A[A-Z0-9]{15,}|arn:aws[a-z-]*:(iam::\d{12}:(root|(user|role)\/.+)|sts::\d{12}:(assumed-role|federated-user)\/.+))$/;
const servicePrincipal = /^[a-z0-9-]+(\.[a-z0-9-]+)*\.(amazonaws\.com(\.cn)?|amazon\.com)$/;

function checkPrincipal(principal: NonNullable<PolicyStatement['Principal']>): void {
  // A bare star is refused where `{"AWS": "*"}` is not (aws/aws-cdk PR 5746).
  if (principal === '*')
    throw malformed('AssumeRolepolicy contained an invalid principal: "STAR":"*".');
  const invalid = (kind: string, name: string) =>
    malformed(`Invalid principal in policy: "${kind}":"${name}"`);
  const { AWS = [], Service = [], Federated: _federated, ...others } = principal;
  const [unknown] = Object.keys(others);
  if (unknown !== undefined && unknown !== 'CanonicalUser') {
    throw malformed('Syntax errors in policy.');
  }
  for (const name of AWS) if (!awsPrincipal.test(name)) throw invalid('AWS', name);
  for (const name of Service) if (!servicePrincipal.test(name)) throw invalid('SERVICE', name);
}
