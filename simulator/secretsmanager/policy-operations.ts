import type {
  DeleteResourcePolicyCommandInput,
  DeleteResourcePolicyCommandOutput,
  GetResourcePolicyCommandInput,
  GetResourcePolicyCommandOutput,
  PutResourcePolicyCommandInput,
  PutResourcePolicyCommandOutput,
  ValidateResourcePolicyCommandInput,
  ValidateResourcePolicyCommandOutput,
} from '@aws-sdk/client-secrets-manager';
import { AwsError } from '../core/aws-error.ts';
import { hasSoundStatements } from '../iam/resource-policy-texts.ts';
import { operation, type WireOperation } from '../wire/operation.ts';
import type { SecretsManagerModel } from './model.ts';

/** Resource policies of secrets; calls are held against them (authorization.ts). */
export function policyOperations(model: SecretsManagerModel): Record<string, WireOperation> {
  return {
    GetResourcePolicy: operation<GetResourcePolicyCommandInput, GetResourcePolicyCommandOutput>(
      ['SecretId'],
      ({ SecretId = '' }) => {
        const { arn, name, policy } = model.requireLive(SecretId);
        return { ARN: arn, Name: name, ...(policy !== undefined && { ResourcePolicy: policy }) };
      },
    ),
    // There is no public access to keep out here.
    PutResourcePolicy: operation<PutResourcePolicyCommandInput, PutResourcePolicyCommandOutput>(
      ['SecretId', 'ResourcePolicy', 'BlockPublicPolicy'],
      ({ SecretId = '', ResourcePolicy = '' }) => {
        const secret = model.requireLive(SecretId);
        if (!isPolicy(ResourcePolicy)) {
          throw new AwsError(
            'MalformedPolicyDocumentException',
            'This resource policy contains a syntax error.',
          );
        }
        secret.policy = ResourcePolicy;
        return { ARN: secret.arn, Name: secret.name };
      },
    ),
    DeleteResourcePolicy: operation<
      DeleteResourcePolicyCommandInput,
      DeleteResourcePolicyCommandOutput
    >(['SecretId'], ({ SecretId = '' }) => {
      const secret = model.requireLive(SecretId);
      secret.policy = undefined;
      return { ARN: secret.arn, Name: secret.name };
    }),
    ValidateResourcePolicy: operation<
      ValidateResourcePolicyCommandInput,
      ValidateResourcePolicyCommandOutput
    >(['SecretId', 'ResourcePolicy'], ({ SecretId, ResourcePolicy = '' }) => {
      if (SecretId !== undefined) model.requireLive(SecretId);
      const PolicyValidationPassed = isPolicy(ResourcePolicy);
      if (PolicyValidationPassed) return { PolicyValidationPassed, ValidationErrors: [] };
      const ErrorMessage = 'This resource policy contains a syntax error.';
      const error = { CheckName: 'POLICY_SYNTAX', ErrorMessage };
      return { PolicyValidationPassed, ValidationErrors: [error] };
    }),
  };
}

function isPolicy(text: string): boolean {
  try {
    const { Statement } = JSON.parse(text) as { Statement?: unknown };
    return typeof Statement === 'object' && Statement !== null && hasSoundStatements(text);
  } catch {
    return false;
  }
}
