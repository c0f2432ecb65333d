import type {
  DescribeStackResourceCommandInput,
  DescribeStackResourceCommandOutput,
  DescribeStackResourcesCommandInput,
  DescribeStackResourcesCommandOutput,
  DescribeStacksCommandInput,
  DescribeStacksCommandOutput,
  GetTemplateCommandInput,
  GetTemplateCommandOutput,
  ListExportsCommandInput,
  ListExportsCommandOutput,
  ListStackResourcesCommandInput,
  ListStackResourcesCommandOutput,
  ListStacksCommandInput,
  ListStacksCommandOutput,
} from '@aws-sdk/client-cloudformation';
import { AwsError } from '../core/aws-error.ts';
import { operation, type WireService } from '../wire/operation.ts';
import type { CloudFormationModel, Stack } from './model.ts';
import { page } from './page.ts';
import { stackResource, stackSummary, stackView, summaryOf } from './views.ts';

/** CloudFormation, read only: stacks are loaded from templates, not through the API. */
export function cloudFormationWire(model: CloudFormationModel): WireService {
  const required = (name: string | undefined): Stack => {
    const stack = name === undefined ? undefined : model.find(name);
    if (!stack) throw validationError(`Stack with id ${name} does not exist`);
    return stack;
  };
  return {
    name: 'cloudformation',
    operations: {
      DescribeStacks: operation<DescribeStacksCommandInput, DescribeStacksCommandOutput>(
        ['StackName', 'NextToken'],
        ({ StackName, NextToken }) => {
          const stacks = StackName === undefined ? model.all() : [required(StackName)];
          const { items, nextToken } = page(stacks, NextToken);
          return { Stacks: items.map(stackView), NextToken: nextToken };
        },
      ),
      ListStacks: operation<ListStacksCommandInput, ListStacksCommandOutput>(
        ['StackStatusFilter', 'NextToken'],
        ({ StackStatusFilter, NextToken }) => {
          const wanted = model
            .all()
            .filter(
              ({ status }) => !StackStatusFilter?.length || StackStatusFilter.includes(status),
            );
          const { items, nextToken } = page(wanted, NextToken);
          return { StackSummaries: items.map(stackSummary), NextToken: nextToken };
        },
      ),
      DescribeStackResource: operation<
        DescribeStackResourceCommandInput,
        DescribeStackResourceCommandOutput
      >(['StackName', 'LogicalResourceId'], ({ StackName, LogicalResourceId = '' }) => {
        const stack = required(StackName);
        const resource = stack.resources.get(LogicalResourceId);
        if (!resource) {
          throw validationError(
            `Resource ${LogicalResourceId} does not exist for stack ${stack.stackName}`,
          );
        }
        const { Timestamp, ...detail } = stackResource(stack, resource);
        return { StackResourceDetail: { ...detail, LastUpdatedTimestamp: Timestamp } };
      }),
      DescribeStackResources: operation<
        DescribeStackResourcesCommandInput,
        DescribeStackResourcesCommandOutput
      >(['StackName', 'LogicalResourceId', 'PhysicalResourceId'], (input) => ({
        StackResources: describeStackResources(model, required, input),
      })),
      ListStackResources: operation<
        ListStackResourcesCommandInput,
        ListStackResourcesCommandOutput
      >(['StackName', 'NextToken'], ({ StackName, NextToken }) => {
        const { items, nextToken } = page([...required(StackName).resources.values()], NextToken);
        return { StackResourceSummaries: items.map(summaryOf), NextToken: nextToken };
      }),
      GetTemplate: operation<GetTemplateCommandInput, GetTemplateCommandOutput>(
        ['StackName', 'TemplateStage'],
        ({ StackName }) => ({
          TemplateBody: required(StackName).templateBody,
          StagesAvailable: ['Original', 'Processed'],
        }),
      ),
      ListExports: operation<ListExportsCommandInput, ListExportsCommandOutput>(
        ['NextToken'],
        ({ NextToken }) => {
          const { items, nextToken } = page(model.exports(), NextToken);
          return {
            Exports: items.map(({ stack, output, name }) => ({
              ExportingStackId: stack.stackId,
              Name: name,
              Value: output.value,
            })),
            NextToken: nextToken,
          };
        },
      ),
    },
  };
}

function describeStackResources(
  model: CloudFormationModel,
  required: (name: string | undefined) => Stack,
  input: DescribeStackResourcesCommandInput,
) {
  const { StackName, LogicalResourceId, PhysicalResourceId } = input;
  if (StackName === undefined && PhysicalResourceId === undefined) {
    throw validationError('Either StackName or PhysicalResourceId must be specified');
  }
  const holds = (stack: Stack) =>
    [...stack.resources.values()].some(({ physicalId }) => physicalId === PhysicalResourceId);
  const stack = StackName === undefined ? model.all().find(holds) : required(StackName);
  if (!stack) throw validationError(`Stack for ${PhysicalResourceId} does not exist`);
  // By physical id alone, AWS answers with the whole stack that owns the resource.
  return [...stack.resources.values()]
    .filter(({ logicalId }) => LogicalResourceId === undefined || logicalId === LogicalResourceId)
    .map((resource) => stackResource(stack, resource));
}

function validationError(message: string): AwsError {
  return new AwsError('ValidationError', message, { status: 400 });
}
