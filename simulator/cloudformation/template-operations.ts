import type {
  GetStackPolicyCommandInput,
  GetStackPolicyCommandOutput,
  GetTemplateCommandInput,
  GetTemplateCommandOutput,
  GetTemplateSummaryCommandInput,
  GetTemplateSummaryCommandOutput,
  ValidateTemplateCommandInput,
  ValidateTemplateCommandOutput,
} from '@aws-sdk/client-cloudformation';
import { operation, type WireOperation } from '../wire/operation.ts';
import { neededCapabilities } from './capabilities.ts';
import type { CloudFormationModel } from './model.ts';
import { parseTemplate } from './parse-template.ts';
import { readTemplateSource, type TemplateRequest } from './read-template-source.ts';
import type { Template } from './template.ts';
import { clientError, validationError } from './validation-error.ts';

/** What clients ask of a template without deploying it. */
export function templateOperations(model: CloudFormationModel): Record<string, WireOperation> {
  const required = (name: string | undefined) => {
    const stack = model.find(name ?? '');
    if (!stack) throw validationError(`Stack with id ${name} does not exist`);
    return stack;
  };
  const read = (input: TemplateRequest): Template => {
    try {
      return parseTemplate('template', readTemplateSource(model.world, input));
    } catch (error) {
      throw clientError(error);
    }
  };
  return {
    GetTemplate: operation<GetTemplateCommandInput, GetTemplateCommandOutput>(
      ['StackName', 'ChangeSetName', 'TemplateStage'],
      ({ StackName, ChangeSetName }) => {
        const stack = required(StackName);
        const changeSet = [...stack.changeSets.values()].find(
          ({ name, id }) => name === ChangeSetName || id === ChangeSetName,
        );
        const body = changeSet?.planned.templateBody ?? stack.templateBody;
        // A stack under review has no template of its own yet.
        const none = stack.template === undefined && !changeSet;
        return { TemplateBody: none ? '' : body, StagesAvailable: ['Original', 'Processed'] };
      },
    ),
    ValidateTemplate: operation<ValidateTemplateCommandInput, ValidateTemplateCommandOutput>(
      ['TemplateBody', 'TemplateURL'],
      (input) => {
        const template = read(input);
        return {
          Parameters: Object.entries(template.Parameters).map(([ParameterKey, parameter]) => ({
            ParameterKey,
            DefaultValue: parameter.Default,
            NoEcho: String(parameter.NoEcho) === 'true',
            Description: parameter.Description,
          })),
          ...common(template),
        };
      },
    ),
    // No stack has one, since none can be given.
    GetStackPolicy: operation<GetStackPolicyCommandInput, GetStackPolicyCommandOutput>(
      ['StackName'],
      (input) => {
        required(input.StackName);
        return {};
      },
    ),
    GetTemplateSummary: operation<GetTemplateSummaryCommandInput, GetTemplateSummaryCommandOutput>(
      ['TemplateBody', 'TemplateURL', 'StackName'],
      (input) => {
        const template =
          input.StackName === undefined
            ? read(input)
            : parseTemplate(input.StackName, required(input.StackName).templateBody);
        return {
          Parameters: Object.entries(template.Parameters).map(([ParameterKey, parameter]) => ({
            ParameterKey,
            DefaultValue: parameter.Default,
            ParameterType: parameter.Type,
            NoEcho: String(parameter.NoEcho) === 'true',
            Description: parameter.Description,
            ParameterConstraints: parameter.AllowedValues && {
              AllowedValues: parameter.AllowedValues,
            },
          })),
          ResourceTypes: Object.values(template.Resources).map(({ Type }) => Type),
          Version: '2010-09-09',
          Metadata: template.Metadata === undefined ? undefined : JSON.stringify(template.Metadata),
          ...common(template),
        };
      },
    ),
  };
}

function common(template: Template) {
  const { capabilities, reason } = neededCapabilities(template);
  const { Transform = [] } = template;
  return {
    Description: template.Description,
    Capabilities: capabilities as never[],
    CapabilitiesReason: reason,
    DeclaredTransforms: [Transform].flat(),
  };
}
