import type { Identity } from '../core/arns.ts';
import { Conditions } from './conditions.ts';
import { noValue, resolve } from './resolve.ts';
import { type Scope, UnknownNameError } from './scope.ts';
import type { Template } from './template.ts';

export interface StackIdentity {
  readonly stackName: string;
  readonly stackId: string;
}

/** What is asked of the stack's surroundings; answers may be Unresolved. */
export interface Surroundings {
  resource(logicalId: string): unknown;
  attribute(logicalId: string, attribute: string): unknown;
  importValue(name: string): unknown;
}

/** Names of one template: parameters, pseudo parameters, mappings, conditions, and its resources. */
export class TemplateScope implements Scope {
  readonly conditions: Conditions;
  readonly #template: Template;
  readonly #parameters: ReadonlyMap<string, unknown>;
  readonly #pseudo: ReadonlyMap<string, unknown>;
  readonly #surroundings: Surroundings;

  constructor(
    template: Template,
    parameters: ReadonlyMap<string, unknown>,
    identity: Identity,
    stack: StackIdentity,
    surroundings: Surroundings,
  ) {
    this.#template = template;
    this.#parameters = parameters;
    this.#surroundings = surroundings;
    this.#pseudo = new Map<string, unknown>([
      ['AWS::AccountId', identity.accountId],
      ['AWS::Region', identity.region],
      ['AWS::Partition', 'aws'],
      ['AWS::URLSuffix', 'amazonaws.com'],
      ['AWS::StackName', stack.stackName],
      ['AWS::StackId', stack.stackId],
      ['AWS::NotificationARNs', []],
      ['AWS::NoValue', noValue],
    ]);
    this.conditions = new Conditions(template.Conditions, (expression) =>
      resolve(expression, this),
    );
  }

  ref(name: string): unknown {
    if (this.#pseudo.has(name)) return this.#pseudo.get(name);
    if (this.#parameters.has(name)) return this.#parameters.get(name);
    if (!Object.hasOwn(this.#template.Resources, name))
      throw new UnknownNameError(`Ref: no "${name}" in the template`);
    return this.#surroundings.resource(name);
  }

  getAtt(logicalId: string, attribute: string): unknown {
    if (!Object.hasOwn(this.#template.Resources, logicalId)) {
      throw new UnknownNameError(`Fn::GetAtt: no resource "${logicalId}" in the template`);
    }
    return this.#surroundings.attribute(logicalId, attribute);
  }

  importValue(name: string): unknown {
    return this.#surroundings.importValue(name);
  }

  mapping(
    map: string,
    first: string,
    second: string,
    fallback?: { readonly value: unknown },
  ): unknown {
    const value = this.#template.Mappings[map]?.[first]?.[second] ?? fallback?.value;
    if (value === undefined) throw new Error(`Fn::FindInMap: no ${map}.${first}.${second}`);
    return value;
  }

  condition(name: string): boolean {
    return this.conditions.get(name);
  }

  availabilityZones(region: string): readonly string[] {
    return ['a', 'b', 'c'].map((letter) => `${region}${letter}`);
  }

  /** Whether a resource or output takes part, by its Condition. */
  includes(conditional: { readonly Condition?: string | undefined }): boolean {
    return conditional.Condition === undefined || this.condition(conditional.Condition);
  }
}
