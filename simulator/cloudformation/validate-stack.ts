import { CircularDependencyError, dependencyOrder } from './dependency-order.ts';
import { withTexts } from './primitive-texts.ts';
import { propertyProblems } from './property-problems.ts';
import { findReferences, type Reference } from './references.ts';
import { resolve } from './resolve.ts';
import { findProvider, type ResourceProviders } from './resource-provider.ts';
import { UnknownNameError } from './scope.ts';
import type { Template, TemplateResource } from './template.ts';
import type { TemplateScope } from './template-scope.ts';

export interface StackPlan {
  /** Logical ids in the order of creation; resources whose condition is false are not among them. */
  readonly order: readonly string[];
  readonly problems: readonly string[];
  /** What AWS says of the first problem that it finds as well. */
  readonly awsMessage: string | undefined;
}

/** Plans the creation of a stack and collects every reason why it cannot be loaded, before anything is created. */
export function validateStack(
  stackName: string,
  template: Template,
  scope: TemplateScope,
  providers: ResourceProviders,
): StackPlan {
  const problems: string[] = [];
  const report = (place: string, problem: string) =>
    problems.push(`Stack ${stackName}: ${place}: ${problem}`);
  const included = new Map<string, TemplateResource>();
  for (const [logicalId, resource] of Object.entries(template.Resources)) {
    attempt(
      () => {
        if (scope.includes(resource)) included.set(logicalId, resource);
      },
      (problem) => report(logicalId, problem),
    );
  }
  checkNames(template, report);
  for (const [logicalId, resource] of included) {
    const place = `${logicalId} (${resource.Type})`;
    const provider = findProvider(providers, resource.Type);
    if (!provider) {
      report(place, 'resource type is not modelled');
      continue;
    }
    const known = resolve(resource.Properties, scope, (error) => {
      if (!(error instanceof UnknownNameError)) report(place, messageOf(error));
    });
    const texts = withTexts(provider.properties, known);
    for (const problem of propertyProblems(provider.properties, texts)) report(place, problem);
  }
  for (const [name, output] of Object.entries(template.Outputs)) {
    attempt(
      () => {
        if (!scope.includes(output)) return;
        resolve([output.Value, output.Export?.Name], scope, (error) => {
          if (!(error instanceof UnknownNameError)) report(`output ${name}`, messageOf(error));
        });
      },
      (problem) => report(`output ${name}`, problem),
    );
  }
  checkRules(template, scope, report);
  const circle: string[] = [];
  const order = creationOrder(included, report, circle);
  const awsMessage = awsComplaint(template, problems, circle);
  return { order, problems: [...new Set(problems)], awsMessage };
}

/** AWS's words: names first, then circles, then rules (public threads, and the user guide's troubleshooting). */
function awsComplaint(
  template: Template,
  problems: readonly string[],
  circle: readonly string[],
): string | undefined {
  if (problems.some((problem) => problem.includes('not modelled'))) return undefined;
  const names = new Set([...Object.keys(template.Parameters), ...Object.keys(template.Resources)]);
  const missing = new Set<string>();
  for (const { Properties, DependsOn } of Object.values(template.Resources)) {
    const references = findReferences(Properties).references.map(({ name }) => name);
    for (const name of [...references, ...DependsOn]) {
      if (!names.has(name) && !name.startsWith('AWS::')) missing.add(name);
    }
  }
  if (missing.size > 0) {
    return `Template format error: Unresolved resource dependencies [${[...missing].join(', ')}] in the Resources block of the template`;
  }
  if (circle.length > 0) {
    return `Circular dependency between resources: [${circle.join(', ')}]`;
  }
  const outputs = Object.values(template.Outputs).flatMap(({ Value }) =>
    findReferences(Value).references.map(({ name }) => name),
  );
  const unknown = outputs.filter((name) => !names.has(name) && !name.startsWith('AWS::'));
  if (unknown.length > 0) {
    return `Template format error: Unresolved resource dependencies [${unknown.join(', ')}] in the Outputs block of the template`;
  }
  const rule = problems.find((problem) => / rule [A-Za-z0-9]+: /.test(problem));
  if (rule) return `Template error: ${rule.replace(/^.*? rule [A-Za-z0-9]+: /, '')}`;
  const [first] = problems;
  return first && `Template error: ${first.replace(/^Stack [^:]+: /, '')}`;
}

type Report = (place: string, problem: string) => void;

function checkNames(template: Template, report: Report): void {
  const names = new Set([...Object.keys(template.Parameters), ...Object.keys(template.Resources)]);
  const exists = ({ name }: Reference) => names.has(name) || name.startsWith('AWS::');
  const check = (place: string, value: unknown) => {
    const { references, conditions, unsupported } = findReferences(value);
    for (const { name, path } of unsupported) report(place, `${path}: ${name} is not modelled`);
    for (const reference of references.filter((each) => !exists(each))) {
      report(
        place,
        `${reference.path}: refers to "${reference.name}", which is not in the template`,
      );
    }
    for (const { name, path } of conditions) {
      if (!Object.hasOwn(template.Conditions, name)) {
        report(place, `${path}: asks condition "${name}", which is not in the template`);
      }
    }
  };
  for (const [logicalId, resource] of Object.entries(template.Resources)) {
    const place = `${logicalId} (${resource.Type})`;
    check(place, resource.Properties);
    for (const dependency of resource.DependsOn) {
      if (!Object.hasOwn(template.Resources, dependency)) {
        report(place, `DependsOn: "${dependency}" is not in the template`);
      }
    }
  }
  for (const [name, output] of Object.entries(template.Outputs)) check(`output ${name}`, output);
  for (const [name, condition] of Object.entries(template.Conditions)) {
    check(`condition ${name}`, condition);
  }
}

function checkRules(template: Template, scope: TemplateScope, report: Report): void {
  for (const [name, rule] of Object.entries(template.Rules)) {
    attempt(
      () => {
        const applies = rule.RuleCondition === undefined || resolve(rule.RuleCondition, scope);
        for (const { Assert, AssertDescription } of applies ? rule.Assertions : []) {
          if (resolve(Assert, scope) !== true) {
            report(`rule ${name}`, AssertDescription ?? 'an assertion does not hold');
          }
        }
      },
      (problem) => report(`rule ${name}`, problem),
    );
  }
}

function creationOrder(
  included: ReadonlyMap<string, TemplateResource>,
  report: Report,
  circle: string[],
): string[] {
  const dependencies = new Map(
    [...included].map(([logicalId, { Properties, Metadata, DependsOn }]) => {
      // References in Metadata order resources too: instances read it when they start.
      const { references } = findReferences([Properties, Metadata]);
      return [logicalId, new Set([...references.map(({ name }) => name), ...DependsOn])] as const;
    }),
  );
  try {
    return dependencyOrder(dependencies);
  } catch (error) {
    if (!(error instanceof CircularDependencyError)) throw error;
    report('Resources', error.message);
    circle.push(...new Set(error.path));
    return [];
  }
}

function attempt(work: () => void, report: (problem: string) => void): void {
  try {
    work();
  } catch (error) {
    report(messageOf(error));
  }
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
