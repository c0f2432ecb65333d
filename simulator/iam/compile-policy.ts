import { type CompiledCondition, compileConditions } from './conditions.ts';
import type { PolicyDocument, PolicyStatement } from './policy-document.ts';
import { hasVariables, patternTemplate, type RequestContext } from './policy-variables.ts';
import { matchesWildcard, wildcardMatcher } from './wildcard.ts';

/** A statement whose patterns are prepared, so that a decision costs microseconds. */
export interface CompiledStatement {
  readonly statement: PolicyStatement;
  readonly deny: boolean;
  readonly conditions: readonly CompiledCondition[];
  /** `action` in lower case: actions are told apart without regard to case, resources with it. */
  covers(action: string, resource: string, context: RequestContext): boolean;
}

const compiled = new WeakMap<PolicyDocument, readonly CompiledStatement[]>();

/** Compiles a document once; documents are never changed, only replaced. */
export function compilePolicy(document: PolicyDocument): readonly CompiledStatement[] {
  let statements = compiled.get(document);
  if (!statements) {
    // Policy variables came with Version 2012-10-17; before, and without a Version, `${…}` is plain text.
    const withVariables = document.Version === '2012-10-17';
    statements = document.Statement.map((one) => compileStatement(one, withVariables));
    compiled.set(document, statements);
  }
  return statements;
}

function compileStatement(statement: PolicyStatement, withVariables: boolean): CompiledStatement {
  const { Action, NotAction, Resource, NotResource } = statement;
  const actions = (Action ?? NotAction ?? []).map((one) => wildcardMatcher(one.toLowerCase()));
  const resources = (Resource ?? NotResource)?.map((one) => resourceMatcher(one, withVariables));
  return {
    statement,
    deny: statement.Effect === 'Deny',
    conditions: compileConditions(statement.Condition, withVariables),
    covers: (action, resource, context) => {
      if (actions.some((matches) => matches(action)) !== (Action !== undefined)) return false;
      // Trust policies name no resource: the role itself is it.
      if (!resources) return true;
      return resources.some((matches) => matches(resource, context)) === (Resource !== undefined);
    },
  };
}

function resourceMatcher(
  pattern: string,
  withVariables: boolean,
): (resource: string, context: RequestContext) => boolean {
  if (!withVariables || !hasVariables(pattern)) return wildcardMatcher(pattern);
  const template = patternTemplate(pattern);
  return (resource, context) => {
    const filled = template(context);
    return filled !== undefined && matchesWildcard(filled, resource);
  };
}
