import { z } from 'zod';
import { type ResourceProviders, resource } from '../cloudformation/resource-provider.ts';
import type { ServiceApi } from '../cloudformation/service-api.ts';

/** AWS::Logs::ResourcePolicy, whose `Ref` is its name. */
export function resourcePolicyResources(api: ServiceApi): ResourceProviders {
  return {
    'AWS::Logs::ResourcePolicy': resource(
      z.strictObject({ PolicyName: z.string(), PolicyDocument: z.string() }),
      async ({ PolicyName: policyName, PolicyDocument: policyDocument }, context) => {
        await api('PutResourcePolicy', { policyName, policyDocument }, context);
        return { physicalId: policyName };
      },
      {
        replacedBy: ['PolicyName'],
        nameProperty: 'PolicyName',
        async update({ physicalId: policyName, next }, context) {
          const { PolicyDocument: policyDocument } = next;
          await api('PutResourcePolicy', { policyName, policyDocument }, context);
          return undefined;
        },
        async delete({ physicalId: policyName }, context) {
          await api('DeleteResourcePolicy', { policyName }, context);
        },
      },
    ),
  };
}
