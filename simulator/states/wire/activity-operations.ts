import type {
  CreateActivityCommandInput,
  CreateActivityCommandOutput,
  DeleteActivityCommandInput,
  DeleteActivityCommandOutput,
  DescribeActivityCommandInput,
  DescribeActivityCommandOutput,
  GetActivityTaskCommandInput,
  GetActivityTaskCommandOutput,
  ListActivitiesCommandInput,
  ListActivitiesCommandOutput,
} from '@aws-sdk/client-sfn';
import { operation, type WireOperation } from '../../wire/operation.ts';
import type { Activities, Activity } from '../activities/activities.ts';
import { page } from '../paging.ts';
import { requireModelled } from './require-modelled.ts';

/** Activities and their workers (activities page). */
export function activityOperations(activities: Activities): Record<string, WireOperation> {
  return {
    CreateActivity: operation<CreateActivityCommandInput, CreateActivityCommandOutput>(
      ['name', 'tags', 'encryptionConfiguration'],
      ({ name = '', tags, encryptionConfiguration }) => {
        requireModelled({ encryptionConfiguration });
        const { arn, createdMs } = activities.create(name, tags);
        return { activityArn: arn, creationDate: new Date(createdMs) };
      },
    ),
    DescribeActivity: operation<DescribeActivityCommandInput, DescribeActivityCommandOutput>(
      ['activityArn'],
      ({ activityArn = '' }) => ({
        ...item(activities.get(activityArn)),
        encryptionConfiguration: { type: 'AWS_OWNED_KEY' },
      }),
    ),
    DeleteActivity: operation<DeleteActivityCommandInput, DeleteActivityCommandOutput>(
      ['activityArn'],
      ({ activityArn = '' }) => {
        activities.delete(activityArn);
        return {};
      },
    ),
    ListActivities: operation<ListActivitiesCommandInput, ListActivitiesCommandOutput>(
      ['maxResults', 'nextToken'],
      (input) => {
        const { items, ...rest } = page(activities.list(), ({ arn }) => arn, input);
        return { ...rest, activities: items.map(item) };
      },
    ),
    GetActivityTask: {
      ...operation<GetActivityTaskCommandInput, GetActivityTaskCommandOutput>(
        ['activityArn', 'workerName'],
        async ({ activityArn = '', workerName }) => {
          const task = await activities.poll(activityArn, workerName);
          return task ? { taskToken: task.token, input: task.input } : {};
        },
      ),
      // A worker waits for an execution, which must be able to go on.
      holdsClock: false,
    },
  };
}

function item({ arn, name, createdMs }: Activity) {
  return { activityArn: arn, name, creationDate: new Date(createdMs) };
}
