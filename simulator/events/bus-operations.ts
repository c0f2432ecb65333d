import type {
  CreateEventBusCommandInput,
  CreateEventBusCommandOutput,
  DeleteEventBusCommandInput,
  DeleteEventBusCommandOutput,
  DescribeEventBusCommandInput,
  DescribeEventBusCommandOutput,
  ListEventBusesCommandInput,
  ListEventBusesCommandOutput,
  PutPermissionCommandInput,
  PutPermissionCommandOutput,
  RemovePermissionCommandInput,
  RemovePermissionCommandOutput,
  UpdateEventBusCommandInput,
  UpdateEventBusCommandOutput,
} from '@aws-sdk/client-eventbridge';
import type { World } from '../core/world.ts';
import { operation, type WireService } from '../wire/operation.ts';
import type { EventBus } from './event-bus.ts';
import type { EventsModel } from './model.ts';
import { page } from './page.ts';

export function busOperations({ buses }: EventsModel, world: World): WireService['operations'] {
  return {
    CreateEventBus: operation<CreateEventBusCommandInput, CreateEventBusCommandOutput>(
      ['Name', 'Description', 'DeadLetterConfig', 'Tags'],
      ({ Name = '', Description, DeadLetterConfig, Tags }) => {
        const bus = buses.create({
          name: Name,
          description: Description,
          deadLetterArn: DeadLetterConfig?.Arn,
          tags: Tags,
        });
        return { EventBusArn: bus.arn, ...described(bus) };
      },
    ),

    UpdateEventBus: operation<UpdateEventBusCommandInput, UpdateEventBusCommandOutput>(
      ['Name', 'Description', 'DeadLetterConfig'],
      ({ Name, Description, DeadLetterConfig }) => {
        const bus = buses.get(Name);
        bus.description = Description;
        bus.deadLetterArn = DeadLetterConfig?.Arn;
        bus.modifiedAtMs = world.clock.now();
        return { Arn: bus.arn, Name: bus.name, ...described(bus) };
      },
    ),

    DeleteEventBus: operation<DeleteEventBusCommandInput, DeleteEventBusCommandOutput>(
      ['Name'],
      ({ Name }) => {
        buses.delete(Name);
        return {};
      },
    ),

    DescribeEventBus: operation<DescribeEventBusCommandInput, DescribeEventBusCommandOutput>(
      ['Name'],
      ({ Name }) => {
        const bus = buses.get(Name);
        return {
          ...summary(bus),
          ...(bus.deadLetterArn !== undefined && { DeadLetterConfig: { Arn: bus.deadLetterArn } }),
        };
      },
    ),

    ListEventBuses: operation<ListEventBusesCommandInput, ListEventBusesCommandOutput>(
      ['NamePrefix', 'NextToken', 'Limit'],
      ({ NamePrefix = '', NextToken, Limit }) => {
        const named = buses.all().filter(({ name }) => name.startsWith(NamePrefix));
        const { items, next } = page(named, NextToken, Limit);
        return { EventBuses: items.map(summary), ...next };
      },
    ),

    PutPermission: operation<PutPermissionCommandInput, PutPermissionCommandOutput>(
      ['EventBusName', 'StatementId', 'Action', 'Principal', 'Condition', 'Policy'],
      ({ EventBusName, Condition, ...permission }) => {
        const condition = Condition && {
          [Condition.Type ?? '']: { [Condition.Key ?? '']: Condition.Value },
        };
        buses.get(EventBusName).policy.put({ ...permission, Condition: condition });
        return {};
      },
    ),

    RemovePermission: operation<RemovePermissionCommandInput, RemovePermissionCommandOutput>(
      ['EventBusName', 'StatementId', 'RemoveAllPermissions'],
      ({ EventBusName, StatementId, RemoveAllPermissions }) => {
        buses.get(EventBusName).policy.remove(StatementId, RemoveAllPermissions ?? false);
        return {};
      },
    ),
  };
}

function described({ description }: EventBus): { Description?: string } {
  return description === undefined ? {} : { Description: description };
}

function summary(bus: EventBus) {
  const { text } = bus.policy;
  return {
    Name: bus.name,
    Arn: bus.arn,
    ...described(bus),
    ...(text !== undefined && { Policy: text }),
    CreationTime: new Date(bus.createdAtMs),
    LastModifiedTime: new Date(bus.modifiedAtMs),
  };
}
