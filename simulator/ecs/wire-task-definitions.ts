import type {
  DeleteTaskDefinitionsCommandInput,
  DeleteTaskDefinitionsCommandOutput,
  DeregisterTaskDefinitionCommandInput,
  DeregisterTaskDefinitionCommandOutput,
  DescribeTaskDefinitionCommandInput,
  DescribeTaskDefinitionCommandOutput,
  ListTaskDefinitionFamiliesCommandInput,
  ListTaskDefinitionFamiliesCommandOutput,
  ListTaskDefinitionsCommandInput,
  ListTaskDefinitionsCommandOutput,
  RegisterTaskDefinitionCommandInput,
  RegisterTaskDefinitionCommandOutput,
} from '@aws-sdk/client-ecs';
import { operation, type WireService } from '../wire/operation.ts';
import type { EcsModel } from './model.ts';
import { page } from './paging.ts';
import { tagList } from './tags.ts';
import { deleteTaskDefinitions } from './task-definition-deletion.ts';

const listLimits = { standard: 100, greatest: 100 };

export function taskDefinitionOperations(model: EcsModel): WireService['operations'] {
  const { taskDefinitions } = model;
  return {
    RegisterTaskDefinition: operation<
      RegisterTaskDefinitionCommandInput,
      RegisterTaskDefinitionCommandOutput
    >(
      [
        'family',
        'taskRoleArn',
        'executionRoleArn',
        'networkMode',
        'containerDefinitions',
        'volumes',
        'placementConstraints',
        'requiresCompatibilities',
        'cpu',
        'memory',
        'tags',
        'pidMode',
        'ipcMode',
        'proxyConfiguration',
        'inferenceAccelerators',
        'ephemeralStorage',
        'runtimePlatform',
        'enableFaultInjection',
      ],
      (input, { caller }) => {
        const registered = taskDefinitions.register(input, caller);
        return {
          taskDefinition: registered.document,
          ...(registered.tags.size > 0 && { tags: tagList(registered.tags) }),
        };
      },
    ),
    DescribeTaskDefinition: operation<
      DescribeTaskDefinitionCommandInput,
      DescribeTaskDefinitionCommandOutput
    >(['taskDefinition', 'include'], (input) => {
      const found = taskDefinitions.get(input.taskDefinition ?? '');
      return {
        taskDefinition: found.document,
        ...(input.include?.includes('TAGS') && { tags: tagList(found.tags) }),
      };
    }),
    DeregisterTaskDefinition: operation<
      DeregisterTaskDefinitionCommandInput,
      DeregisterTaskDefinitionCommandOutput
    >(['taskDefinition'], (input) => ({
      taskDefinition: taskDefinitions.deregister(input.taskDefinition ?? '').document,
    })),
    DeleteTaskDefinitions: operation<
      DeleteTaskDefinitionsCommandInput,
      DeleteTaskDefinitionsCommandOutput
    >(['taskDefinitions'], (input) =>
      deleteTaskDefinitions(taskDefinitions, input.taskDefinitions ?? []),
    ),
    ListTaskDefinitions: operation<
      ListTaskDefinitionsCommandInput,
      ListTaskDefinitionsCommandOutput
    >(['familyPrefix', 'status', 'sort', 'nextToken', 'maxResults'], (input) => {
      const found = taskDefinitions.list({
        family: input.familyPrefix,
        status: input.status,
        sort: input.sort,
      });
      const { items, ...next } = page(found, input, listLimits);
      return { taskDefinitionArns: items.map(({ arn }) => arn), ...next };
    }),
    ListTaskDefinitionFamilies: operation<
      ListTaskDefinitionFamiliesCommandInput,
      ListTaskDefinitionFamiliesCommandOutput
    >(['familyPrefix', 'status', 'nextToken', 'maxResults'], (input) => {
      const found = taskDefinitions.families(input.familyPrefix ?? '', input.status ?? 'ALL');
      const { items, ...next } = page(found, input, listLimits);
      return { families: items, ...next };
    }),
  };
}
