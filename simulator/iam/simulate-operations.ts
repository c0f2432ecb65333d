import type {
  ContextEntry,
  EvaluationResult,
  SimulateCustomPolicyCommandInput,
  SimulateCustomPolicyCommandOutput,
  SimulatePrincipalPolicyCommandInput,
  SimulatePrincipalPolicyCommandOutput,
} from '@aws-sdk/client-iam';
import { AwsError } from '../core/aws-error.ts';
import { operation, type WireOperation } from '../wire/operation.ts';
import { evaluatePolicies, type PolicyDecision, type SourcedPolicy } from './evaluate-policies.ts';
import type { IamModel } from './model.ts';
import { iamPage } from './page.ts';
import type { PolicyDocument } from './policy-document.ts';
import type { PolicyTexts } from './policy-text.ts';
import type { RequestContext } from './policy-variables.ts';

/** The policy simulator: identity policies only; resource policies and boundaries are refused. */
export function simulateOperations(
  model: IamModel,
  texts: PolicyTexts,
): Record<string, WireOperation> {
  return {
    SimulatePrincipalPolicy: operation<
      SimulatePrincipalPolicyCommandInput,
      SimulatePrincipalPolicyCommandOutput
    >(
      [
        'PolicySourceArn',
        'ActionNames',
        'PolicyInputList',
        'ResourceArns',
        'ContextEntries',
        'MaxItems',
        'Marker',
      ],
      (input) => {
        const { PolicySourceArn = '' } = input;
        if (!PolicySourceArn.startsWith('arn:')) {
          throw new AwsError('InvalidInput', `Invalid Entity Arn: ${PolicySourceArn}`);
        }
        const role = model.role(PolicySourceArn);
        if (!role) {
          throw new AwsError('NoSuchEntity', `The entity ${PolicySourceArn} cannot be found.`);
        }
        const policies = [...model.policiesOf(role), ...given(texts, input.PolicyInputList)];
        return simulate(policies, input);
      },
    ),
    SimulateCustomPolicy: operation<
      SimulateCustomPolicyCommandInput,
      SimulateCustomPolicyCommandOutput
    >(
      ['PolicyInputList', 'ActionNames', 'ResourceArns', 'ContextEntries', 'MaxItems', 'Marker'],
      (input) => simulate(given(texts, input.PolicyInputList), input),
    ),
  };
}

type Simulation = Pick<
  SimulateCustomPolicyCommandInput,
  'ActionNames' | 'ResourceArns' | 'ContextEntries' | 'MaxItems' | 'Marker'
>;

/**
 * One result for each action. A single resource, `*` when none is named, is decided in it; several share it, and
 * each is decided in its ResourceSpecificResults (seen in real answers, where the shared name is a pattern).
 */
function simulate(policies: readonly SourcedPolicy[], input: Simulation) {
  const { ActionNames = [], ResourceArns = [] } = input;
  const context = contextOf(input.ContextEntries);
  const results = ActionNames.map((action): EvaluationResult => {
    if (!/^[\w-]+:[\w*?]+$|^\*$/.test(action)) {
      throw new AwsError('InvalidInput', `Invalid Action Name: ${action}`);
    }
    const on = (resource: string) => decide(policies, { action, resource, context });
    const [resource = '*', ...others] = ResourceArns;
    if (others.length === 0) {
      return { EvalActionName: action, EvalResourceName: resource, ...on(resource) };
    }
    const specific = ResourceArns.map((arn) => {
      const { EvalDecision, ...rest } = on(arn);
      return { EvalResourceName: arn, EvalResourceDecision: EvalDecision, ...rest };
    });
    return {
      EvalActionName: action,
      EvalResourceName: '*',
      EvalDecision: together(specific.map(({ EvalResourceDecision }) => EvalResourceDecision)),
      MatchedStatements: [],
      MissingContextValues: [],
      ResourceSpecificResults: specific,
    };
  });
  const { items, more } = iamPage(results, input);
  return { EvaluationResults: items, ...more };
}

function decide(
  policies: readonly SourcedPolicy[],
  question: Parameters<typeof evaluatePolicies>[1],
) {
  const { decision, decidedBy, missingContextKeys } = evaluatePolicies(policies, question);
  return {
    EvalDecision: decision,
    MatchedStatements: decidedBy.map(({ id, type }) => ({
      SourcePolicyId: id,
      SourcePolicyType: type,
    })),
    MissingContextValues: [...missingContextKeys],
  };
}

/** How IAM sums up is not documented; assumed: an explicit denial of any, else an allowance of any. */
function together(decisions: readonly PolicyDecision['decision'][]): PolicyDecision['decision'] {
  const order: readonly PolicyDecision['decision'][] = ['explicitDeny', 'allowed'];
  return order.find((one) => decisions.includes(one)) ?? 'implicitDeny';
}

function given(texts: PolicyTexts, list: readonly string[] = []): SourcedPolicy[] {
  return list.map((text, index) => ({
    id: `PolicyInputList.${index + 1}`,
    type: 'none',
    document: readGiven(texts, text),
  }));
}

/** The simulator's operations declare InvalidInput, not MalformedPolicyDocument. */
function readGiven(texts: PolicyTexts, text: string): PolicyDocument {
  try {
    return texts.read(text, 'identity');
  } catch (error) {
    if (error instanceof AwsError) throw new AwsError('InvalidInput', error.message);
    throw error;
  }
}

function contextOf(entries: readonly ContextEntry[] = []): RequestContext {
  return new Map(
    entries.map(({ ContextKeyName = '', ContextKeyValues = [] }) => [
      ContextKeyName.toLowerCase(),
      ContextKeyValues,
    ]),
  );
}
