import type { CloudFormationModel } from './model.ts';
import { type ParameterSources, parameterValues } from './parameter-values.ts';
import { parseTemplate } from './parse-template.ts';
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
}

export interface StackSource {
  readonly stackName: string;
  readonly templateBody: string;
}

/** Validates a template as a whole. Throws TemplateRefusedError with all of its problems. */
export function planStack(
  model: CloudFormationModel,
  providers: ResourceProviders,
  { stackName, templateBody }: StackSource,
  sources: ParameterSources,
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
  const scope = new TemplateScope(
    template,
    parameters,
    model.world.identity,
    { stackName, stackId },
    {
      resource: (logicalId) => new Unresolved(`Ref ${logicalId}`),
      attribute: (logicalId, attribute) => new Unresolved(`Fn::GetAtt ${logicalId}.${attribute}`),
      importValue: (name) => new Unresolved(`Fn::ImportValue ${name}`),
    },
  );
  const { order, problems } = validateStack(stackName, template, scope, providers);
  if (problems.length > 0) throw new TemplateRefusedError(problems);
  return { stackName, stackId, template, templateBody, parameters, order };
}
