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
import { type AccessPolicies, evaluateDocuments } from './decide-access.ts';
import {
  evaluatePolicies,
  type PolicyDecision,
  type PolicyRequest,
  type SourcedPolicy,
} from './evaluate-policies.ts';
import type { IamModel } from './model.ts';
import { iamPage } from './page.ts';
import type { PolicyDocument } from './policy-document.ts';
import type { PolicyTexts } from './policy-text.ts';
import type { RequestContext } from './policy-variables.ts';

/** The policy simulator: policies and boundaries of entities; policies of resources and boundaries in requests are refused. */
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
        const held = model.policiesOfEntity(PolicySourceArn);
        if (!held) {
          throw new AwsError('NoSuchEntity', `The entity ${PolicySourceArn} cannot be found.`);
        }
        const identity = [...held.identity, ...given(texts, input.PolicyInputList)];
        return simulate({ identity, boundary: held.boundary }, input);
      },
    ),
    SimulateCustomPolicy: operation<
      SimulateCustomPolicyCommandInput,
      SimulateCustomPolicyCommandOutput
    >(
      ['PolicyInputList', 'ActionNames', 'ResourceArns', 'ContextEntries', 'MaxItems', 'Marker'],
      (input) => simulate({ identity: given(texts, input.PolicyInputList) }, input),
    ),
  };
}

type SimulatedPolicies = Pick<AccessPolicies, 'identity' | 'boundary'>;
type Simulation = Pick<
  SimulateCustomPolicyCommandInput,
  'ActionNames' | 'ResourceArns' | 'ContextEntries' | 'MaxItems' | 'Marker'
>;

/**
 * One result for each action. A single resource, `*` when none is named, is decided in it; several share it, and
 * each is decided in its ResourceSpecificResults (seen in real answers, where the shared name is a pattern).
 */
function simulate(policies: SimulatedPolicies, input: Simulation) {
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

/** A boundary allows nothing by itself: it limits, and says so in a member of its own (API reference). */
function decide({ identity, boundary }: SimulatedPolicies, question: PolicyRequest) {
  const { decision, decidedBy, missingContextKeys } = evaluatePolicies(identity, question);
  const limit = boundary && evaluateDocuments([boundary], question);
  return {
    EvalDecision: limit && limit !== 'allowed' && decision !== 'explicitDeny' ? limit : decision,
    ...(limit && {
      PermissionsBoundaryDecisionDetail: { AllowedByPermissionsBoundary: limit === 'allowed' },
    }),
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
