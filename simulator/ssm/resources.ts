import { z } from 'zod';
import { type ResourceProviders, resource } from '../cloudformation/resource-provider.ts';
import { serviceApi } from '../cloudformation/service-api.ts';
import type { SsmModel } from './model.ts';
import { ssmWire } from './wire.ts';

export function ssmResources(model: SsmModel): ResourceProviders {
  const api = serviceApi(() => ssmWire(model));
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
      {
        replacedBy: ['Name'],
        nameProperty: 'Name',
        update({ physicalId: Name, next: { Tags: _tags, ...next } }) {
          model.put({ ...next, Name, Overwrite: true }, 'cloudformation');
          return { physicalId: Name, attributes: { Type: next.Type, Value: next.Value } };
        },
        async delete({ physicalId: Name }, context) {
          await api('DeleteParameter', { Name }, context);
        },
      },
    ),
  };
}
