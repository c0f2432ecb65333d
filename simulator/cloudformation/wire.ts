import type {
  DescribeStackEventsCommandInput,
  DescribeStackEventsCommandOutput,
  DescribeStackResourceCommandInput,
  DescribeStackResourceCommandOutput,
  DescribeStackResourcesCommandInput,
  DescribeStackResourcesCommandOutput,
  DescribeStacksCommandInput,
  DescribeStacksCommandOutput,
  ListExportsCommandInput,
  ListExportsCommandOutput,
  ListImportsCommandInput,
  ListImportsCommandOutput,
  ListStackResourcesCommandInput,
  ListStackResourcesCommandOutput,
  ListStacksCommandInput,
  ListStacksCommandOutput,
} from '@aws-sdk/client-cloudformation';
import { operation, type WireService } from '../wire/operation.ts';
import { changeSetOperations } from './change-set-operations.ts';
import type { CloudFormationModel, Stack } from './model.ts';
import { page } from './page.ts';
import { rollbackOperations } from './rollback-operations.ts';
import { StackEngine } from './stack-engine.ts';
import { stackOperations } from './stack-operations.ts';
import { templateOperations } from './template-operations.ts';
import { validationError } from './validation-error.ts';
import { eventView, stackResource, stackSummary, stackView, summaryOf } from './views.ts';

/** CloudFormation: what is described, and with an engine what creates, changes and deletes stacks. */
export function cloudFormationWire(
  model: CloudFormationModel,
  engine = new StackEngine({ model, providers: {}, ssmParameters: () => ({}) }),
): WireService {
  const required = (name: string | undefined): Stack => {
    const stack = name === undefined ? undefined : model.find(name);
    if (!stack) throw validationError(`Stack with id ${name} does not exist`);
    return stack;
  };
  return {
    name: 'cloudformation',
    operations: {
      ...stackOperations(engine),
      ...rollbackOperations(engine),
      ...changeSetOperations(engine),
      ...templateOperations(model),
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
            .history()
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
      DescribeStackEvents: operation<
        DescribeStackEventsCommandInput,
        DescribeStackEventsCommandOutput
      >(['StackName', 'NextToken'], ({ StackName, NextToken }) => {
        const stack = model.find(StackName ?? '');
        if (!stack) throw validationError(`Stack [${StackName}] does not exist`);
        const { items, nextToken } = page([...stack.events].reverse(), NextToken);
        return { StackEvents: items.map((each) => eventView(stack, each)), NextToken: nextToken };
      }),
      ListImports: operation<ListImportsCommandInput, ListImportsCommandOutput>(
        ['ExportName', 'NextToken'],
        ({ ExportName = '', NextToken }) => {
          const names = model.importers(ExportName).map(({ stackName }) => stackName);
          if (names.length === 0) {
            throw validationError(`Export '${ExportName}' is not imported by any stack.`);
          }
          const { items, nextToken } = page(names, NextToken);
          return { Imports: items, NextToken: nextToken };
        },
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
