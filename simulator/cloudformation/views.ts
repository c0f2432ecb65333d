import type {
  Capability,
  StackEvent as StackEventShape,
  StackResource as StackResourceShape,
  StackResourceSummary,
  Stack as StackShape,
  StackSummary,
} from '@aws-sdk/client-cloudformation';
import type { Stack, StackEvent, StackParameter, StackResource } from './model.ts';

/** A stack as DescribeStacks shows it. */
export function stackView(stack: Stack): StackShape {
  return {
    ...common(stack),
    Parameters: stack.parameters.map(shownParameter),
    Outputs: stack.outputs.map(({ key, value, description, exportName }) => ({
      OutputKey: key,
      OutputValue: value,
      Description: description,
      ExportName: exportName,
    })),
    Description: stack.description,
    DisableRollback: stack.disableRollback,
    EnableTerminationProtection: stack.terminationProtection,
    Capabilities: [...stack.capabilities] as Capability[],
    NotificationARNs: [...stack.notificationArns],
    Tags: [...stack.tags],
    RoleARN: stack.roleArn,
    TimeoutInMinutes: stack.timeoutMinutes,
    RollbackConfiguration: {},
  };
}

/** NoEcho parameters are masked wherever they are shown. */
export function shownParameter({ name, value, resolvedValue, noEcho }: StackParameter) {
  return {
    ParameterKey: name,
    ParameterValue: noEcho ? '****' : value,
    ...(resolvedValue !== undefined && { ResolvedValue: resolvedValue }),
  };
}

/** An event as DescribeStackEvents shows it. */
export function eventView(stack: Stack, event: StackEvent): StackEventShape {
  return {
    StackId: stack.stackId,
    EventId: event.id,
    StackName: stack.stackName,
    LogicalResourceId: event.logicalId,
    PhysicalResourceId: event.physicalId,
    ResourceType: event.type,
    Timestamp: new Date(event.atMs),
    ResourceStatus: event.status,
    ResourceStatusReason: event.reason,
    ResourceProperties: event.properties,
    ClientRequestToken: event.clientRequestToken,
  };
}

/** A stack as ListStacks shows it. */
export function stackSummary(stack: Stack): StackSummary {
  return { ...common(stack), TemplateDescription: stack.description };
}

/** A resource as DescribeStackResources shows it. */
export function stackResource(
  stack: Stack,
  resource: StackResource,
): StackResourceShape & { readonly Timestamp: Date } {
  const { LastUpdatedTimestamp, ...summary } = summaryOf(resource);
  return {
    ...summary,
    StackName: stack.stackName,
    StackId: stack.stackId,
    Timestamp: LastUpdatedTimestamp,
  };
}

/** A resource as ListStackResources shows it. */
export function summaryOf(
  resource: StackResource,
): StackResourceSummary & { readonly LastUpdatedTimestamp: Date } {
  return {
    LogicalResourceId: resource.logicalId,
    PhysicalResourceId: resource.physicalId,
    ResourceType: resource.type,
    LastUpdatedTimestamp: new Date(resource.updatedAtMs),
    ResourceStatus: resource.status,
    ResourceStatusReason: resource.statusReason,
  };
}

function common(stack: Stack) {
  return {
    StackId: stack.stackId,
    StackName: stack.stackName,
    CreationTime: new Date(stack.createdAtMs),
    ...(stack.updatedAtMs !== undefined && { LastUpdatedTime: new Date(stack.updatedAtMs) }),
    ...(stack.deletedAtMs !== undefined && { DeletionTime: new Date(stack.deletedAtMs) }),
    StackStatus: stack.status,
    StackStatusReason: stack.statusReason,
    ...(stack.parentId && { ParentId: stack.parentId, RootId: stack.rootId }),
  };
}
