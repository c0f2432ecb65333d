import { AwsError } from '../core/aws-error.ts';
import { operation, type WireOperation } from '../wire/operation.ts';
import type { PolicyHolder } from './entities.ts';
import type { IamModel } from './model.ts';
import { checkEntityName } from './name-rules.ts';
import { iamPage } from './page.ts';
import type { PolicyTexts } from './policy-text.ts';

interface HolderInput {
  readonly UserName?: string;
  readonly GroupName?: string;
  readonly PolicyName?: string;
  readonly PolicyDocument?: string;
  readonly PolicyArn?: string;
  readonly PathPrefix?: string;
  readonly Marker?: string;
  readonly MaxItems?: number;
}

/** At most ten managed policies hang on one user, group or role (IAM quotas, default). */
export const attachedLimit = 10;

/** Throws LimitExceeded for an eleventh managed policy. */
export function attachPolicy(
  model: IamModel,
  holder: PolicyHolder,
  arn: string,
  kind: string,
): void {
  const policy = model.requireManagedPolicy(arn);
  if (holder.managedPolicyArns.size >= attachedLimit && !holder.managedPolicyArns.has(policy.arn)) {
    throw new AwsError(
      'LimitExceeded',
      `Cannot exceed quota for PoliciesPer${kind}: ${attachedLimit}`,
    );
  }
  holder.managedPolicyArns.add(policy.arn);
}

/** The seven operations on policies that users and groups have alike, as the API names them. */
export function holderPolicyOperations(
  kind: 'User' | 'Group',
  find: (name: string) => PolicyHolder,
  model: IamModel,
  texts: PolicyTexts,
): Record<string, WireOperation> {
  const named = `${kind}Name` as const;
  const holder = (input: HolderInput) => find(input[named] ?? '');
  const missing = (name: string) =>
    new AwsError(
      'NoSuchEntity',
      `The ${kind.toLowerCase()} policy with name ${name} cannot be found.`,
    );
  return {
    [`Put${kind}Policy`]: operation<HolderInput, object>(
      [named, 'PolicyName', 'PolicyDocument'],
      (input) => {
        checkEntityName(input.PolicyName ?? '', 'policyName', 128);
        const document = texts.read(input.PolicyDocument ?? '', 'identity');
        holder(input).inlinePolicies.set(input.PolicyName ?? '', document);
        return {};
      },
    ),
    [`Get${kind}Policy`]: operation<HolderInput, object>([named, 'PolicyName'], (input) => {
      const { PolicyName = '' } = input;
      const document = holder(input).inlinePolicies.get(PolicyName);
      if (!document) throw missing(PolicyName);
      return { [named]: input[named], PolicyName, PolicyDocument: texts.encoded(document) };
    }),
    [`Delete${kind}Policy`]: operation<HolderInput, object>([named, 'PolicyName'], (input) => {
      const { PolicyName = '' } = input;
      if (!holder(input).inlinePolicies.delete(PolicyName)) throw missing(PolicyName);
      return {};
    }),
    [`List${kind}Policies`]: operation<HolderInput, object>(
      [named, 'Marker', 'MaxItems'],
      (input) => {
        const { items, more } = iamPage([...holder(input).inlinePolicies.keys()].sort(), input);
        return { PolicyNames: items, ...more };
      },
    ),
    [`Attach${kind}Policy`]: operation<HolderInput, object>([named, 'PolicyArn'], (input) => {
      attachPolicy(model, holder(input), input.PolicyArn ?? '', kind);
      return {};
    }),
    [`Detach${kind}Policy`]: operation<HolderInput, object>([named, 'PolicyArn'], (input) => {
      if (holder(input).managedPolicyArns.delete(input.PolicyArn ?? '')) return {};
      throw new AwsError('NoSuchEntity', `Policy ${input.PolicyArn} was not found.`);
    }),
    [`ListAttached${kind}Policies`]: operation<HolderInput, object>(
      [named, 'PathPrefix', 'Marker', 'MaxItems'],
      (input) => {
        const attached = [...holder(input).managedPolicyArns]
          .map((PolicyArn) => ({ PolicyName: PolicyArn.replace(/^.*\//, ''), PolicyArn }))
          .filter(({ PolicyArn }) =>
            PolicyArn.replace(/^[^/]*/, '').startsWith(input.PathPrefix || '/'),
          );
        const { items, more } = iamPage(attached, input);
        return { AttachedPolicies: items, ...more };
      },
    ),
  };
}
