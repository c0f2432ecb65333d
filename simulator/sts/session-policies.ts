import { AwsError } from '../core/aws-error.ts';
import type { IamModel } from '../iam/model.ts';
import type { PolicyDocument } from '../iam/policy-document.ts';
import { PolicyTexts } from '../iam/policy-text.ts';

/** The policies that a request gives its session: one of its own and up to ten managed ones. */
export function sessionPolicies(
  model: IamModel,
  input: {
    readonly Policy?: string | undefined;
    readonly PolicyArns?: readonly { readonly arn?: string | undefined }[] | undefined;
  },
): PolicyDocument[] {
  const arns = (input.PolicyArns ?? []).map(({ arn = '' }) => arn);
  if (arns.length > 10) {
    throw new AwsError(
      'ValidationError',
      "1 validation error detected: Value at 'policyArns' failed to satisfy constraint: Member must have length less than or equal to 10",
    );
  }
  const own = input.Policy ? [new PolicyTexts(model).read(input.Policy, 'identity')] : [];
  return [...own, ...arns.map((arn) => model.requireManagedPolicy(arn).document)];
}
