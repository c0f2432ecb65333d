import type {
  StackResource as StackResourceShape,
  StackResourceSummary,
  Stack as StackShape,
  StackSummary,
} from '@aws-sdk/client-cloudformation';
import type { Stack, StackResource } from './model.ts';

/** A stack as DescribeStacks shows it. */
export function stackView(stack: Stack): StackShape {
  return {
    ...common(stack),
    Parameters: stack.parameters.map(({ name, value }) => ({
      ParameterKey: name,
      ParameterValue: value,
    })),
    Outputs: stack.outputs.map(({ key, value, description, exportName }) => ({
      OutputKey: key,
      OutputValue: value,
      Description: description,
      ExportName: exportName,
    })),
    Description: stack.description,
    DisableRollback: true,
    EnableTerminationProtection: false,
    Capabilities: ['CAPABILITY_IAM', 'CAPABILITY_NAMED_IAM'],
    NotificationARNs: [],
    Tags: [],
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
    StackStatus: stack.status,
    StackStatusReason: stack.statusReason,
  };
}
