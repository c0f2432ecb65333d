import { z } from 'zod';
import { type ResourceProviders, resource } from '../cloudformation/resource-provider.ts';
import { serviceApi } from '../cloudformation/service-api.ts';
import { changeTags, type TemplateTag } from '../cloudformation/tag-changes.ts';
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
        model.put({ ...properties, Name, Tags: listed(Tags) });
        return {
          physicalId: Name,
          attributes: { Type: properties.Type, Value: properties.Value },
        };
      },
      {
        replacedBy: ['Name'],
        nameProperty: 'Name',
        async update({ physicalId: Name, properties, next: { Tags, ...next } }, context) {
          model.put({ ...next, Name, Overwrite: true });
          const of = { ResourceType: 'Parameter', ResourceId: Name } as const;
          await changeTags(listed(properties.Tags), listed(Tags), {
            set: (changed) => api('AddTagsToResource', { ...of, Tags: changed }, context),
            remove: (TagKeys) => api('RemoveTagsFromResource', { ...of, TagKeys }, context),
          });
          return { physicalId: Name, attributes: { Type: next.Type, Value: next.Value } };
        },
        async delete({ physicalId: Name }, context) {
          await api('DeleteParameter', { Name }, context);
        },
      },
    ),
  };
}

function listed(tags: Readonly<Record<string, string>> = {}): TemplateTag[] {
  return Object.entries(tags).map(([Key, Value]) => ({ Key, Value }));
}
