import { allowedPattern } from './allowed-pattern.ts';
import { isKnownType, type ParameterProblem, splitList } from './parameter-values.ts';
import type { TemplateParameter } from './template.ts';

/** What a parameter's declaration has against a value. AWS's words are those of its public threads. */
export function parameterViolations(
  name: string,
  parameter: TemplateParameter,
  text: string,
): ParameterProblem[] {
  const { Type, AllowedValues, AllowedPattern, ConstraintDescription: own } = parameter;
  const problems: ParameterProblem[] = [];
  const refuse = (rule: string, aws: string) =>
    problems.push({
      text: `parameter ${name} is "${text}", ${own ?? `must ${rule}`}`,
      aws: own ? `Parameter ${name} failed to satisfy constraint: ${own}` : aws,
    });
  if (!isKnownType(Type)) {
    problems.push({ text: `parameter ${name} has type ${Type}, which is not modelled` });
  }
  const items = Type === 'CommaDelimitedList' ? splitList(text) : [text];
  if (AllowedValues && !items.every((item) => AllowedValues.includes(item))) {
    const aws = `Parameter '${name}' must be one of AllowedValues`;
    refuse(`be one of ${AllowedValues.join(', ')}`, aws);
  }
  const pattern = AllowedPattern ? allowedPattern(AllowedPattern) : undefined;
  if (AllowedPattern && !pattern) {
    problems.push({ text: `parameter ${name} has AllowedPattern ${AllowedPattern}, not modelled` });
  }
  if (AllowedPattern && pattern && !pattern.test(text)) {
    const aws = `Parameter '${name}' must match pattern ${AllowedPattern}`;
    refuse(`match ${AllowedPattern}`, aws);
  }
  const { MinLength = 0, MaxLength = Number.POSITIVE_INFINITY } = parameter;
  if (text.length < MinLength) {
    const aws = `Parameter '${name}' must contain at least ${MinLength} characters`;
    refuse(`have at least ${MinLength} characters`, aws);
  }
  if (text.length > MaxLength) {
    const aws = `Parameter '${name}' must contain at most ${MaxLength} characters`;
    refuse(`have at most ${MaxLength} characters`, aws);
  }
  if (Type !== 'Number' && Type !== 'List<Number>') return problems;
  const numbers = (Type === 'Number' ? [text] : splitList(text)).map(Number);
  const { MinValue = Number.NEGATIVE_INFINITY, MaxValue = Number.POSITIVE_INFINITY } = parameter;
  if (numbers.some(Number.isNaN)) refuse('be a number', `Parameter '${name}' must be a number`);
  if (numbers.some((number) => number < MinValue)) {
    const aws = `Parameter '${name}' must be a number not less than ${MinValue}`;
    refuse(`be at least ${MinValue}`, aws);
  }
  if (numbers.some((number) => number > MaxValue)) {
    const aws = `Parameter '${name}' must be a number not greater than ${MaxValue}`;
    refuse(`be at most ${MaxValue}`, aws);
  }
  return problems;
}
