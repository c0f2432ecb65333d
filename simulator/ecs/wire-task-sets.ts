import type {
  CreateTaskSetCommandInput,
  CreateTaskSetCommandOutput,
  DeleteTaskSetCommandInput,
  DeleteTaskSetCommandOutput,
  DescribeTaskSetsCommandInput,
  DescribeTaskSetsCommandOutput,
  UpdateServicePrimaryTaskSetCommandInput,
  UpdateServicePrimaryTaskSetCommandOutput,
  UpdateTaskSetCommandInput,
  UpdateTaskSetCommandOutput,
} from '@aws-sdk/client-ecs';
import { AwsError } from '../core/aws-error.ts';
import { operation, type WireService } from '../wire/operation.ts';
import { scalePercent } from './create-task-set.ts';
import { describeTaskSet } from './describe-service.ts';
import { missing } from './missing.ts';
import type { EcsModel } from './model.ts';
import { invalidParameter } from './service-rules.ts';
import type { TaskSet } from './state.ts';

interface ServiceReference {
  readonly cluster: string | undefined;
  readonly service: string | undefined;
}

/** Task sets as EXTERNAL controllers, and CodeDeploy's role, use them (aws-facts 2.4). */
export function taskSetOperations(model: EcsModel): WireService['operations'] {
  const { clusters, services, taskSets } = model;
  const active = ({ cluster, service }: ServiceReference) => {
    const found = services.get(clusters.get(cluster), service);
    if (found.status === 'ACTIVE') return found;
    throw new AwsError('ServiceNotActiveException', 'Service was not ACTIVE.');
  };
  const described = (taskSet: TaskSet) => ({ taskSet: describeTaskSet(model, taskSet, true) });
  return {
    CreateTaskSet: operation<CreateTaskSetCommandInput, CreateTaskSetCommandOutput>(
      [
        'capacityProviderStrategy',
        'clientToken',
        'cluster',
        'externalId',
        'launchType',
        'loadBalancers',
        'networkConfiguration',
        'platformVersion',
        'scale',
        'service',
        'tags',
        'taskDefinition',
      ],
      (input) => described(model.createExternalTaskSet(active(input as ServiceReference), input)),
    ),
    UpdateTaskSet: operation<UpdateTaskSetCommandInput, UpdateTaskSetCommandOutput>(
      ['cluster', 'scale', 'service', 'taskSet'],
      (input) => {
        const taskSet = taskSets.get(active(input as ServiceReference), input.taskSet ?? '');
        taskSets.scale(taskSet, scalePercent(input.scale ?? {}));
        return described(taskSet);
      },
    ),
    UpdateServicePrimaryTaskSet: operation<
      UpdateServicePrimaryTaskSetCommandInput,
      UpdateServicePrimaryTaskSetCommandOutput
    >(['cluster', 'primaryTaskSet', 'service'], (input) => {
      const taskSet = taskSets.get(active(input as ServiceReference), input.primaryTaskSet ?? '');
      taskSets.makePrimary(taskSet);
      return described(taskSet);
    }),
    DeleteTaskSet: operation<DeleteTaskSetCommandInput, DeleteTaskSetCommandOutput>(
      ['cluster', 'force', 'service', 'taskSet'],
      (input) => {
        const taskSet = taskSets.get(active(input as ServiceReference), input.taskSet ?? '');
        if (!input.force && taskSet.scalePercent > 0) {
          throw invalidParameter('The task set cannot be deleted while it is scaled above 0.');
        }
        taskSets.delete(taskSet);
        return described(taskSet);
      },
    ),
    DescribeTaskSets: operation<DescribeTaskSetsCommandInput, DescribeTaskSetsCommandOutput>(
      ['cluster', 'service', 'taskSets', 'include'],
      (input) => {
        const service = services.get(clusters.get(input.cluster), input.service);
        const withTags = input.include?.includes('TAGS') ?? false;
        const wanted = input.taskSets?.length
          ? input.taskSets
          : service.taskSets.map(({ id }) => id);
        const found = wanted.map((reference) => ({
          reference,
          taskSet: service.taskSets.find(({ id, arn }) => id === reference || arn === reference),
        }));
        return {
          taskSets: found.flatMap(({ taskSet }) =>
            taskSet ? [describeTaskSet(model, taskSet, withTags)] : [],
          ),
          failures: found
            .filter(({ taskSet }) => !taskSet)
            .map(({ reference }) =>
              missing(reference, (id) => `${service.arn.replace(':service/', ':task-set/')}/${id}`),
            ),
        };
      },
    ),
  };
}
