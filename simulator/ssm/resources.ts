import { z } from 'zod';
import { type ResourceProviders, resource } from '../cloudformation/resource-provider.ts';
import type { SsmModel } from './model.ts';

export function ssmResources(model: SsmModel): ResourceProviders {
  return {
    'AWS::SSM::Parameter': resource(
      z.strictObject({
        Name: z.string().optional(),
        // CloudFormation creates no SecureString parameters.
        Type: z.enum(['String', 'StringList']),
        Value: z.string().min(1),
        Description: z.string().max(1024).optional(),
        AllowedPattern: z.string().optional(),
        DataType: z.enum(['text', 'aws:ec2:image']).optional(),
        Tier: z.enum(['Standard', 'Advanced', 'Intelligent-Tiering']).optional(),
        // A map here, unlike the list of other types.
        Tags: z.record(z.string(), z.string()).optional(),
      }),
      ({ Tags = {}, ...properties }, context) => {
        const Name = properties.Name ?? context.generatedName(1011);
        const tags = Object.entries(Tags).map(([Key, Value]) => ({ Key, Value }));
        model.put({ ...properties, Name, Tags: tags }, 'cloudformation');
        return {
          physicalId: Name,
          attributes: { Type: properties.Type, Value: properties.Value },
        };
      },
    ),
  };
}
