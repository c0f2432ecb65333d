import type { TemplateParameter } from './template.ts';

const ssmType = /^AWS::SSM::Parameter::Value<(.+)>$/;
const listTypes = /^(CommaDelimitedList|List<.+>)$/;

export interface ParameterSources {
  /** As given on the command line, by parameter name. */
  readonly given: Readonly<Record<string, string>>;
  /** Parameters of Systems Manager that templates may refer to, by path. */
  readonly ssm: Readonly<Record<string, string>>;
}

/** Values of all parameters, lists already split. Mistakes are pushed to `problems`. */
export function parameterValues(
  parameters: Readonly<Record<string, TemplateParameter>>,
  sources: ParameterSources,
  problems: string[],
): Map<string, unknown> {
  const values = new Map<string, unknown>();
  for (const name of Object.keys(sources.given)) {
    if (!Object.hasOwn(parameters, name)) problems.push(`parameter ${name} is not in the template`);
  }
  for (const [name, parameter] of Object.entries(parameters)) {
    const text = sources.given[name] ?? parameter.Default;
    if (text === undefined) {
      problems.push(`parameter ${name} has no default and no value was given`);
      continue;
    }
    problems.push(...violations(name, parameter, text));
    const ssm = ssmType.exec(parameter.Type)?.[1];
    const value = ssm ? sources.ssm[text] : text;
    if (value === undefined) {
      problems.push(`parameter ${name} refers to "${text}" of Systems Manager, which is not there`);
      continue;
    }
    values.set(name, listTypes.test(ssm ?? parameter.Type) ? split(value) : value);
  }
  return values;
}

function violations(name: string, parameter: TemplateParameter, text: string): string[] {
  const problems: string[] = [];
  const refuse = (rule: string) =>
    problems.push(
      `parameter ${name} is "${text}", ${parameter.ConstraintDescription ?? `must ${rule}`}`,
    );
  const { Type, AllowedValues, AllowedPattern } = parameter;
  if (!isKnownType(Type))
    problems.push(`parameter ${name} has type ${Type}, which is not modelled`);
  const items = Type === 'CommaDelimitedList' ? split(text) : [text];
  if (AllowedValues && !items.every((item) => AllowedValues.includes(item))) {
    refuse(`be one of ${AllowedValues.join(', ')}`);
  }
  if (AllowedPattern && !new RegExp(`^(?:${AllowedPattern})$`).test(text)) {
    refuse(`match ${AllowedPattern}`);
  }
  if (text.length < (parameter.MinLength ?? 0)) {
    refuse(`have at least ${parameter.MinLength} characters`);
  }
  if (text.length > (parameter.MaxLength ?? Number.POSITIVE_INFINITY)) {
    refuse(`have at most ${parameter.MaxLength} characters`);
  }
  if (Type === 'Number' || Type === 'List<Number>') {
    const numbers = (Type === 'Number' ? [text] : split(text)).map(Number);
    if (numbers.some(Number.isNaN)) refuse('be a number');
    if (numbers.some((number) => number < (parameter.MinValue ?? Number.NEGATIVE_INFINITY))) {
      refuse(`be at least ${parameter.MinValue}`);
    }
    if (numbers.some((number) => number > (parameter.MaxValue ?? Number.POSITIVE_INFINITY))) {
      refuse(`be at most ${parameter.MaxValue}`);
    }
  }
  return problems;
}

/** Besides the plain types: ids and names of existing resources, which are texts here. */
function isKnownType(type: string): boolean {
  const inner = ssmType.exec(type)?.[1] ?? type;
  return (
    ['String', 'Number', 'CommaDelimitedList', 'List<Number>', 'List<String>'].includes(inner) ||
    /^(List<)?AWS::(EC2|Route53)::[A-Za-z]+(::[A-Za-z]+)*>?$/.test(inner)
  );
}

function split(text: string): string[] {
  return text.split(',').map((item) => item.trim());
}
