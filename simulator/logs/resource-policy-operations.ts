import type {
  DeleteResourcePolicyCommandInput,
  DeleteResourcePolicyCommandOutput,
  DescribeResourcePoliciesCommandInput,
  DescribeResourcePoliciesCommandOutput,
  PutResourcePolicyCommandInput,
  PutResourcePolicyCommandOutput,
  ResourcePolicy,
} from '@aws-sdk/client-cloudwatch-logs';
import { AwsError } from '../core/aws-error.ts';
import type { World } from '../core/world.ts';
import { operation, type WireOperation } from '../wire/operation.ts';
import type { LogsModel } from './model.ts';
import { pageOf } from './page.ts';

/** An account has at most ten in each Region (API reference, PutResourcePolicy). */
const mostPolicies = 10;

/** Policies of the account that let services write logs: kept as records, as services write without asking. */
export function resourcePolicyOperations(
  { resourcePolicies }: LogsModel,
  world: World,
): Record<string, WireOperation> {
  return {
    PutResourcePolicy: operation<PutResourcePolicyCommandInput, PutResourcePolicyCommandOutput>(
      ['policyName', 'policyDocument'],
      ({ policyName = '', policyDocument = '' }) => {
        checkGiven(policyName, 'policyName');
        checkJson(policyDocument);
        if (!resourcePolicies.has(policyName) && resourcePolicies.size >= mostPolicies) {
          throw new AwsError('LimitExceededException', 'Resource limit exceeded.');
        }
        const resourcePolicy: ResourcePolicy = {
          policyName,
          policyDocument,
          lastUpdatedTime: world.clock.now(),
        };
        resourcePolicies.set(policyName, resourcePolicy);
        return { resourcePolicy };
      },
    ),
    DescribeResourcePolicies: operation<
      DescribeResourcePoliciesCommandInput,
      DescribeResourcePoliciesCommandOutput
    >(['nextToken', 'limit'], ({ nextToken, limit = 50 }) => {
      const page = pageOf([...resourcePolicies.values()], limit, nextToken);
      return { resourcePolicies: page.items, nextToken: page.nextToken };
    }),
    DeleteResourcePolicy: operation<
      DeleteResourcePolicyCommandInput,
      DeleteResourcePolicyCommandOutput
    >(['policyName'], ({ policyName = '' }) => {
      checkGiven(policyName, 'policyName');
      if (resourcePolicies.delete(policyName)) return {};
      throw new AwsError(
        'ResourceNotFoundException',
        `Policy with name [${policyName}] does not exist`,
      );
    }),
  };
}

function checkGiven(value: string, member: string): void {
  if (value !== '') return;
  throw new AwsError('InvalidParameterException', `${member} is required`);
}

function checkJson(policyDocument: string): void {
  checkGiven(policyDocument, 'policyDocument');
  try {
    JSON.parse(policyDocument);
  } catch {
    throw new AwsError('InvalidParameterException', 'Policy document is not valid JSON');
  }
}
