import type { StackParameter } from './model.ts';
import { parameterViolations } from './parameter-violations.ts';
import type { TemplateParameter } from './template.ts';

const ssmType = /^AWS::SSM::Parameter::Value<(.+)>$/;
const listTypes = /^(CommaDelimitedList|List<.+>)$/;

export interface ParameterSources {
  /** As given on the command line, by parameter name. */
  readonly given: Readonly<Record<string, string>>;
  /** Parameters of Systems Manager that templates may refer to, by path. */
  readonly ssm: Readonly<Record<string, string>>;
}

/** A mistake in our words, and in those of AWS where it makes one of it as well. */
export interface ParameterProblem {
  readonly text: string;
  readonly aws?: string;
}

/** Values of all parameters, lists already split. Mistakes are pushed to `problems`. */
export function parameterValues(
  parameters: Readonly<Record<string, TemplateParameter>>,
  { given, ssm }: ParameterSources,
  problems: ParameterProblem[],
): Map<string, unknown> {
  const values = new Map<string, unknown>();
  const strange = Object.keys(given).filter((name) => !Object.hasOwn(parameters, name));
  for (const name of strange) {
    const aws = `Parameters: [${strange.join(', ')}] do not exist in the template`;
    problems.push({ text: `parameter ${name} is not in the template`, aws });
  }
  const missing = Object.keys(parameters).filter(
    (name) => given[name] === undefined && parameters[name]?.Default === undefined,
  );
  for (const [name, parameter] of Object.entries(parameters)) {
    const text = given[name] ?? parameter.Default;
    if (text === undefined) {
      problems.push({
        text: `parameter ${name} has no default and no value was given`,
        aws: `Parameters: [${missing.join(', ')}] must have values`,
      });
      continue;
    }
    problems.push(...parameterViolations(name, parameter, text));
    const inner = ssmType.exec(parameter.Type)?.[1];
    const value = inner ? ssm[text] : text;
    if (value === undefined) {
      problems.push({
        text: `parameter ${name} refers to "${text}" of Systems Manager, which is not there`,
        aws: `Unable to fetch parameters [${text}] from parameter store for this account.`,
      });
      continue;
    }
    values.set(name, listTypes.test(inner ?? parameter.Type) ? splitList(value) : value);
  }
  return values;
}

/** Parameters as DescribeStacks shows them. */
export function shownParameters(
  parameters: Readonly<Record<string, TemplateParameter>>,
  { given }: ParameterSources,
  values: ReadonlyMap<string, unknown>,
): StackParameter[] {
  return Object.entries(parameters).map(([name, { Type, Default, NoEcho }]) => ({
    name,
    value: given[name] ?? Default ?? '',
    ...(ssmType.test(Type) && { resolvedValue: String(values.get(name)) }),
    ...(String(NoEcho) === 'true' && { noEcho: true }),
  }));
}

/** Besides the plain types: ids and names of existing resources, which are texts here. */
export function isKnownType(type: string): boolean {
  const inner = ssmType.exec(type)?.[1] ?? type;
  return (
    ['String', 'Number', 'CommaDelimitedList', 'List<Number>', 'List<String>'].includes(inner) ||
    inner === 'AWS::SSM::Parameter::Name' ||
    /^(List<)?AWS::(EC2|Route53)::[A-Za-z]+(::[A-Za-z]+)*>?$/.test(inner)
  );
}

export function splitList(text: string): string[] {
  return text.split(',').map((item) => item.trim());
}
