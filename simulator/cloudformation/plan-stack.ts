import type { CloudFormationModel } from './model.ts';
import { type ParameterSources, parameterValues } from './parameter-values.ts';
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
  readonly order: readonly string[];
  /** Names under which this stack will export values, as far as they are known before creation. */
  readonly exportNames: readonly string[];
}

export interface StackSource {
  readonly stackName: string;
  readonly templateBody: string;
}

/**
 * Validates a template as a whole. `pendingExports` are those of stacks that will be created before it; `any`
 * when one of these was refused itself, so that its mistakes are not echoed here.
 * Throws TemplateRefusedError with all of its problems.
 */
export function planStack(
  model: CloudFormationModel,
  providers: ResourceProviders,
  { stackName, templateBody }: StackSource,
  sources: ParameterSources,
  pendingExports: ReadonlySet<string> | 'any' = new Set(),
): PlannedStack {
  const template = parseTemplate(stackName, templateBody);
  const parameterProblems: string[] = [];
  const parameters = parameterValues(template.Parameters, sources, parameterProblems);
  // Rules and conditions look at parameters: without those every further complaint would be an echo.
  if (parameterProblems.length > 0) {
    throw new TemplateRefusedError(
      parameterProblems.map((problem) => `Stack ${stackName}: ${problem}`),
    );
  }
  const stackId = model.newStackId(stackName);
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
  const { order, problems } = validateStack(stackName, template, scope, providers);
  if (problems.length > 0) throw new TemplateRefusedError(problems);
  const exportNames = Object.values(template.Outputs)
    .filter((output) => output.Export && scope.includes(output))
    .map((output) => resolve(output.Export?.Name, scope))
    .filter((name) => typeof name === 'string');
  return { stackName, stackId, template, templateBody, parameters, order, exportNames };
}
