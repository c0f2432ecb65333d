import { CircularDependencyError, dependencyOrder } from './dependency-order.ts';
import { propertyProblems } from './property-problems.ts';
import { findReferences, type Reference } from './references.ts';
import { resolve } from './resolve.ts';
import type { ResourceProviders } from './resource-provider.ts';
import { UnknownNameError } from './scope.ts';
import type { Template, TemplateResource } from './template.ts';
import type { TemplateScope } from './template-scope.ts';

export interface StackPlan {
  /** Logical ids in the order of creation; resources whose condition is false are not among them. */
  readonly order: readonly string[];
  readonly problems: readonly string[];
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
    const provider = providers[resource.Type];
    if (!provider) {
      report(place, 'resource type is not modelled');
      continue;
    }
    const known = resolve(resource.Properties, scope, (error) => {
      if (!(error instanceof UnknownNameError)) report(place, messageOf(error));
    });
    for (const problem of propertyProblems(provider.properties, known)) report(place, problem);
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
  return { order: creationOrder(included, report), problems: [...new Set(problems)] };
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

function creationOrder(included: ReadonlyMap<string, TemplateResource>, report: Report): string[] {
  const dependencies = new Map(
    [...included].map(([logicalId, { Properties, DependsOn }]) => {
      const { references } = findReferences(Properties);
      return [logicalId, new Set([...references.map(({ name }) => name), ...DependsOn])] as const;
    }),
  );
  try {
    return dependencyOrder(dependencies);
  } catch (error) {
    if (!(error instanceof CircularDependencyError)) throw error;
    report('Resources', error.message);
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
