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
import type { RequestContext } from './conditions.ts';
import { evaluatePolicies, type SourcedPolicy } from './evaluate-policies.ts';
import type { IamModel } from './model.ts';
import { iamPage } from './page.ts';
import type { PolicyTexts } from './policy-text.ts';

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

/** One result for each action on each resource; `*` stands for a resource that is not named. */
function simulate(policies: readonly SourcedPolicy[], input: Simulation) {
  const { ActionNames = [], ResourceArns = [] } = input;
  const resources = ResourceArns.length > 0 ? ResourceArns : ['*'];
  const context = contextOf(input.ContextEntries);
  const results = ActionNames.flatMap((action) => {
    if (!/^[\w-]+:[\w*?]+$|^\*$/.test(action)) {
      throw new AwsError('InvalidInput', `Invalid Action Name: ${action}`);
    }
    return resources.map((resource): EvaluationResult => {
      const { decision, decidedBy, missingContextKeys } = evaluatePolicies(policies, {
        action,
        resource,
        context,
      });
      return {
        EvalActionName: action,
        EvalResourceName: resource,
        EvalDecision: decision,
        MatchedStatements: decidedBy.map(({ id, type }) => ({
          SourcePolicyId: id,
          SourcePolicyType: type,
        })),
        MissingContextValues: [...missingContextKeys],
      };
    });
  });
  const { items, more } = iamPage(results, input);
  return { EvaluationResults: items, ...more };
}

function given(texts: PolicyTexts, list: readonly string[] = []): SourcedPolicy[] {
  return list.map((text, index) => ({
    id: `PolicyInputList.${index + 1}`,
    type: 'none',
    document: texts.read(text, 'identity'),
  }));
}

function contextOf(entries: readonly ContextEntry[] = []): RequestContext {
  return new Map(
    entries.map(({ ContextKeyName = '', ContextKeyValues = [] }) => [
      ContextKeyName.toLowerCase(),
      ContextKeyValues,
    ]),
  );
}
