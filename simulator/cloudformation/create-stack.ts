import type { World } from '../core/world.ts';
import type { CloudFormationModel, Stack, StackOutput, StackResource } from './model.ts';
import type { PlannedStack } from './plan-stack.ts';
import { propertyProblems } from './property-problems.ts';
import { resolve } from './resolve.ts';
import type { CreatedResource, ResourceProvider, ResourceProviders } from './resource-provider.ts';
import { StackCreationError } from './template-refused-error.ts';
import { TemplateScope } from './template-scope.ts';

/** Creates the resources of a planned stack one after the other. Throws StackCreationError at the first failure. */
export async function createStack(
  model: CloudFormationModel,
  providers: ResourceProviders,
  planned: PlannedStack,
): Promise<Stack> {
  const { world } = model;
  const stack = newStack(world, planned);
  model.add(stack);
  const scope = new TemplateScope(planned.template, planned.parameters, world.identity, stack, {
    resource: (logicalId) => created(stack, logicalId).physicalId,
    attribute: (logicalId, attribute) => attributeOf(created(stack, logicalId), attribute),
    importValue: (name) => model.importValue(name),
  });
  try {
    for (const logicalId of planned.order) {
      await createResource(world, providers, planned, stack, scope, logicalId);
    }
    stack.outputs = outputs(model, planned, scope);
    stack.status = 'CREATE_COMPLETE';
    return stack;
  } catch (error) {
    stack.status = 'CREATE_FAILED';
    stack.statusReason = error instanceof Error ? error.message : String(error);
    throw error;
  }
}

async function createResource(
  world: World,
  providers: ResourceProviders,
  { stackName, template }: PlannedStack,
  stack: Stack,
  scope: TemplateScope,
  logicalId: string,
): Promise<void> {
  const declared = template.Resources[logicalId];
  if (!declared) throw new Error(`No resource "${logicalId}" in stack ${stackName}`);
  const type = declared.Type;
  const resource: StackResource = {
    logicalId,
    type,
    physicalId: undefined,
    attributes: {},
    status: 'CREATE_IN_PROGRESS',
    statusReason: undefined,
    updatedAtMs: world.clock.now(),
  };
  stack.resources.set(logicalId, resource);
  try {
    const provider = providers[type];
    if (!provider) throw new Error('resource type is not modelled');
    const properties = resolve(declared.Properties, scope);
    const made = await callProvider(provider, properties, {
      world,
      stackName,
      logicalId,
      generatedName: (maxLength) => generatedName(world, stackName, logicalId, maxLength),
    });
    resource.physicalId = made.physicalId;
    resource.attributes = made.attributes ?? {};
    resource.status = 'CREATE_COMPLETE';
    resource.updatedAtMs = world.clock.now();
    world.journal.record('stack.resource-created', { stack: stackName, logicalId, type });
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    resource.status = 'CREATE_FAILED';
    resource.statusReason = reason;
    resource.updatedAtMs = world.clock.now();
    throw new StackCreationError({ stackName, logicalId, type, reason }, { cause: error });
  }
}

async function callProvider(
  provider: ResourceProvider,
  properties: unknown,
  context: Parameters<ResourceProvider['create']>[1],
): Promise<CreatedResource> {
  const problems = propertyProblems(provider.properties, properties);
  if (problems.length > 0) throw new Error(problems.join('; '));
  return provider.create(provider.properties.parse(properties), context);
}

/** `STACK-LOGICALID-SUFFIX`: the suffix is kept whole, stack and logical id share what is left. */
function generatedName(
  world: World,
  stackName: string,
  logicalId: string,
  maxLength: number,
): string {
  const suffix = world.ids.nameSuffix();
  const room = maxLength - suffix.length - 2;
  const logicalLength = Math.min(
    logicalId.length,
    Math.max(Math.floor(room / 2), room - stackName.length),
  );
  const stackLength = Math.min(stackName.length, room - logicalLength);
  return `${stackName.slice(0, stackLength)}-${logicalId.slice(0, logicalLength)}-${suffix}`;
}

function newStack(world: World, planned: PlannedStack): Stack {
  const { stackName, stackId, template, templateBody, parameters } = planned;
  return {
    stackId,
    stackName,
    description: template.Description,
    parameters: [...parameters].map(([name, value]) => ({
      name,
      value: Array.isArray(value) ? value.join(',') : String(value),
    })),
    templateBody,
    createdAtMs: world.clock.now(),
    resources: new Map(),
    outputs: [],
    status: 'CREATE_IN_PROGRESS',
    statusReason: undefined,
  };
}

function created(stack: Stack, logicalId: string): StackResource {
  const resource = stack.resources.get(logicalId);
  if (resource?.status !== 'CREATE_COMPLETE') {
    throw new Error(
      `resource ${logicalId} is not there: its condition is false or it was not created`,
    );
  }
  return resource;
}

function attributeOf({ logicalId, type, attributes }: StackResource, attribute: string): unknown {
  if (!Object.hasOwn(attributes, attribute)) {
    throw new Error(`Fn::GetAtt: ${logicalId} (${type}) has no modelled attribute "${attribute}"`);
  }
  return attributes[attribute];
}

function outputs(
  model: CloudFormationModel,
  { template }: PlannedStack,
  scope: TemplateScope,
): StackOutput[] {
  return Object.entries(template.Outputs)
    .filter(([, output]) => scope.includes(output))
    .map(([key, output]) => {
      const exportName = output.Export && text(`export name of ${key}`, output.Export.Name, scope);
      const taken = model.exports().find(({ name }) => name === exportName);
      if (taken) {
        throw new Error(
          `Export with name ${exportName} is already exported by stack ${taken.stack.stackName}`,
        );
      }
      const value = text(`output ${key}`, output.Value, scope);
      return { key, value, description: output.Description, exportName };
    });
}

function text(what: string, expression: unknown, scope: TemplateScope): string {
  const value = resolve(expression, scope);
  if (typeof value === 'string') return value;
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  throw new Error(`${what} must be a text, got ${Array.isArray(value) ? 'a list' : typeof value}`);
}
