import { missingResources } from './missing-resources.ts';
import type { CloudFormationModel, Stack, StackParameter } from './model.ts';
import {
  type ParameterProblem,
  type ParameterSources,
  parameterValues,
  shownParameters,
} from './parameter-values.ts';
import { parseTemplate } from './parse-template.ts';
import { resolve } from './resolve.ts';
import type { ResourceProviders } from './resource-provider.ts';
import type { Template } from './template.ts';
import { TemplateRefusedError } from './template-refused-error.ts';
import { TemplateScope } from './template-scope.ts';
import { Unresolved } from './unresolved.ts';
import { validateStack } from './validate-stack.ts';

/** A stack that passed every check that is possible before creation. */
export interface PlannedStack {
  readonly stackName: string;
  readonly stackId: string;
  readonly template: Template;
  readonly templateBody: string;
  readonly parameters: ReadonlyMap<string, unknown>;
  readonly shownParameters: readonly StackParameter[];
  /** Logical ids in the order of creation; resources whose condition is false are not among them. */
  readonly order: readonly string[];
  /** Names under which this stack will export values, as far as they are known before creation. */
  readonly exportNames: readonly string[];
}

export interface StackSource {
  readonly stackName: string;
  readonly templateBody: string;
  /** The stack that is to be updated. */
  readonly existing?: Stack;
}

/**
 * Validates a template as a whole. `pendingExports` are those of stacks that will be created before it; `any`
 * when one of these was refused itself, so that its mistakes are not echoed here.
 * Throws TemplateRefusedError with all of its problems.
 */
export function planStack(
  model: CloudFormationModel,
  providers: ResourceProviders,
  { stackName, templateBody, existing }: StackSource,
  sources: ParameterSources,
  pendingExports: ReadonlySet<string> | 'any' = new Set(),
): PlannedStack {
  const template = parseTemplate(stackName, templateBody);
  const parameterProblems: ParameterProblem[] = [];
  const parameters = parameterValues(template.Parameters, sources, parameterProblems);
  if (parameterProblems.length === 0) {
    parameterProblems.push(...missingResources(model.world, template.Parameters, parameters));
  }
  // Rules and conditions look at parameters: without those every further complaint would be an echo.
  if (parameterProblems.length > 0) {
    throw new TemplateRefusedError(
      parameterProblems.map(({ text }) => `Stack ${stackName}: ${text}`),
      parameterProblems.find(({ aws }) => aws !== undefined)?.aws,
    );
  }
  const stackId = existing?.stackId ?? model.newStackId(stackName);
  const present = (logicalId: string) => {
    const resource = template.Resources[logicalId];
    if (resource && !scope.includes(resource)) {
      throw new Error(`refers to ${logicalId}, whose condition is false`);
    }
  };
  const scope: TemplateScope = new TemplateScope(
    template,
    parameters,
    model.world.identity,
    { stackName, stackId },
    {
      resource: (logicalId) => {
        present(logicalId);
        return new Unresolved(`Ref ${logicalId}`);
      },
      attribute: (logicalId, attribute) => {
        present(logicalId);
        return new Unresolved(`Fn::GetAtt ${logicalId}.${attribute}`);
      },
      importValue: (name) => {
        if (pendingExports === 'any' || pendingExports.has(name))
          return new Unresolved(`Fn::ImportValue ${name}`);
        return model.importValue(name);
      },
    },
  );
  const { order, problems, awsMessage } = validateStack(stackName, template, scope, providers);
  if (problems.length > 0) throw new TemplateRefusedError(problems, awsMessage);
  refuseOtherTypes(template, order, existing);
  const exportNames = Object.values(template.Outputs)
    .filter((output) => output.Export && scope.includes(output))
    .map((output) => resolve(output.Export?.Name, scope))
    .filter((name) => typeof name === 'string');
  return {
    stackName,
    stackId,
    template,
    templateBody,
    parameters,
    shownParameters: shownParameters(template.Parameters, sources, parameters),
    order,
    exportNames,
  };
}

function refuseOtherTypes(
  { Resources }: Template,
  order: readonly string[],
  existing: Stack | undefined,
): void {
  const changed = order.filter((logicalId) => {
    const type = existing?.resources.get(logicalId)?.type;
    return type !== undefined && type !== Resources[logicalId]?.Type;
  });
  if (changed.length === 0) return;
  const message = `Update of resource type is not permitted. The new template modifies resource type of the following resources: [${changed.join(', ')}]`;
  throw new TemplateRefusedError([message], message);
}
