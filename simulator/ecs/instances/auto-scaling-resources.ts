import { z } from 'zod';
import { recordResources } from '../../cloudformation/record-resources.ts';
import type {
  ResourceProvider,
  ResourceProviders,
} from '../../cloudformation/resource-provider.ts';
import type { Settings } from '../../core/settings.ts';
import type { EcsModel } from '../model.ts';
import { deregisterInstance } from './instance-lifecycle.ts';
import { instanceCapacity } from './instance-types.ts';
import { clusterOfUserData } from './user-data.ts';

interface InstanceTemplate {
  readonly instanceType: string;
  readonly clusterName: string | undefined;
}

const size = z.coerce.number().optional();

const group = z.looseObject({
  MinSize: size,
  MaxSize: size,
  DesiredCapacity: size,
  LaunchConfigurationName: z.string().optional(),
  LaunchTemplate: z
    .looseObject({
      LaunchTemplateId: z.string().optional(),
      LaunchTemplateName: z.string().optional(),
    })
    .optional(),
});

const launchTemplate = z.looseObject({
  LaunchTemplateName: z.string().optional(),
  LaunchTemplateData: z
    .looseObject({ InstanceType: z.string().optional(), UserData: z.unknown().optional() })
    .optional(),
});

const launchConfiguration = z.looseObject({
  InstanceType: z.string().optional(),
  UserData: z.unknown().optional(),
});

/**
 * Auto Scaling groups whose instances' user data or metadata names a cluster: as many container instances as desired join it.
 * What else such resources declare is only kept.
 */
export function autoScalingResources(model: EcsModel, settings: Settings): ResourceProviders {
  const templates = new Map<string, InstanceTemplate>();
  const records = recordResources();
  return {
    'AWS::EC2::LaunchTemplate': observed(
      records['AWS::EC2::LaunchTemplate'],
      (id, properties, metadata) => {
        const { LaunchTemplateName, LaunchTemplateData } = launchTemplate.parse(properties);
        for (const name of [id, LaunchTemplateName]) {
          if (name !== undefined)
            templates.set(name, templateOf(LaunchTemplateData ?? {}, metadata));
        }
      },
    ),
    'AWS::AutoScaling::LaunchConfiguration': observed(
      records['AWS::AutoScaling::LaunchConfiguration'],
      (id, properties, metadata) => {
        templates.set(id, templateOf(launchConfiguration.parse(properties), metadata));
      },
    ),
    'AWS::AutoScaling::AutoScalingGroup': observed(
      records['AWS::AutoScaling::AutoScalingGroup'],
      (name, properties) => {
        const { MinSize = 0, MaxSize = 0, DesiredCapacity, ...others } = group.parse(properties);
        const { LaunchTemplateId, LaunchTemplateName } = others.LaunchTemplate ?? {};
        const template = templates.get(
          LaunchTemplateId ?? LaunchTemplateName ?? others.LaunchConfigurationName ?? '',
        );
        // Instances that join no cluster are nobody's concern here, whatever their type.
        if (!template?.clusterName) return;
        instanceCapacity(template.instanceType, settings);
        const declared = {
          name,
          ...template,
          minSize: MinSize,
          maxSize: MaxSize,
          desiredCapacity: DesiredCapacity ?? MinSize,
        };
        model.placements.groups.put(declared);
        const cluster = model.clusters.find(template.clusterName);
        if (cluster) model.placements.launchGroup(cluster, declared);
      },
      (name) => removeGroup(model, name),
    ),
  };
}

function templateOf(
  data: { InstanceType?: string | undefined; UserData?: unknown },
  metadata: unknown,
): InstanceTemplate {
  return {
    instanceType: data.InstanceType ?? 'm1.small',
    clusterName: clusterOfUserData(data.UserData, metadata),
  };
}

function removeGroup({ clusters, placements }: EcsModel, name: string): void {
  placements.groups.delete(name);
  for (const cluster of clusters.all()) {
    for (const instance of placements.instances.ofCluster(cluster)) {
      if (instance.autoScalingGroup === name) {
        deregisterInstance(placements.instances, instance, true);
      }
    }
  }
}

/** The record, and what is told of its creation, change and end. */
function observed(
  record: ResourceProvider | undefined,
  put: (physicalId: string, properties: unknown, metadata: unknown) => void,
  gone: (physicalId: string) => void = () => {},
): ResourceProvider {
  if (!record) throw new Error('Not a record type');
  return {
    ...record,
    async create(properties, context) {
      const created = await record.create(properties, context);
      put(created.physicalId, properties, context.metadata);
      return created;
    },
    async update(change, context) {
      const updated = await record.update?.(change, context);
      const { next } = change as { next: unknown };
      put(updated?.physicalId ?? change.physicalId, next, context.metadata);
      return updated;
    },
    async delete(existing, context) {
      await record.delete?.(existing, context);
      gone((existing as { physicalId: string }).physicalId);
    },
  };
}
