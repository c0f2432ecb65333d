import type { RuleCondition } from '@aws-sdk/client-elastic-load-balancing-v2';
import { notSimulated, validationError } from './actions.ts';
import { limits } from './limits.ts';

/** Fields whose plain `Values` form is an older spelling of a config member. */
const valuesFields = ['path-pattern', 'host-header'];

/** Reads rule conditions into the form that DescribeRules answers: config member, plus `Values` where AWS keeps it. */
export function readConditions(conditions: readonly RuleCondition[] | undefined): RuleCondition[] {
  if (!conditions?.length) throw validationError('A rule needs at least one condition');
  const read = conditions.map(readCondition);
  checkRepeats(read);
  checkCounts(read);
  return read;
}

/** Fields that a rule names once. */
const soleFields = ['host-header', 'path-pattern', 'http-request-method', 'source-ip'];

// Sentences as badmintoncryer/cdk-preflight measured them with AWS (rules pf-elbv2-rule-*), the others are ours.

function checkRepeats(conditions: readonly RuleCondition[]): void {
  const fields = conditions.map(({ Field }) => Field ?? '');
  const repeated = soleFields.find((sole) => fields.filter((field) => field === sole).length > 1);
  if (repeated) throw validationError(`A rule can only have one '${repeated}' condition`);
}

/** A host name has a dot, and a label of letters behind the last one. */
function isHostPattern(value: string): boolean {
  return /^[\w.*?:-]*\.[A-Za-z][A-Za-z0-9*?:-]*$/.test(value);
}

function checkCharacters(values: readonly string[], isValid: (value: string) => boolean): void {
  const wrong = values.find((value) => !isValid(value));
  if (wrong === undefined) return;
  throw validationError(`Condition value '${wrong}' contains a character that is not valid`);
}

/** Quotas of one rule: condition values and wildcard characters (ALB guide, "Quotas"). */
function checkCounts(conditions: readonly RuleCondition[]): void {
  const values = conditions.flatMap(valuesOf);
  const most = limits['condition-values-per-alb-rule'];
  if (values.length > most) {
    throw validationError(`A rule can only have '${most}' condition values and regex values`);
  }
  const wildcards = values.join('').replace(/[^*?]/g, '').length;
  const mostWildcards = limits['condition-wildcards-per-alb-rule'];
  if (wildcards > mostWildcards) {
    throw validationError(`A rule can only have '${mostWildcards}' condition wildcards`);
  }
}

function valuesOf(condition: RuleCondition): string[] {
  const { PathPatternConfig, HostHeaderConfig, HttpHeaderConfig, SourceIpConfig } = condition;
  const { HttpRequestMethodConfig, QueryStringConfig } = condition;
  const pairs = QueryStringConfig?.Values ?? [];
  const plain = [
    PathPatternConfig,
    HostHeaderConfig,
    HttpHeaderConfig,
    SourceIpConfig,
    HttpRequestMethodConfig,
  ].flatMap((config) => config?.Values ?? []);
  return [...plain, ...pairs.map(({ Key = '', Value = '' }) => `${Key}${Value}`)];
}

function readCondition(condition: RuleCondition): RuleCondition {
  const { PathPatternConfig, HostHeaderConfig, HttpHeaderConfig } = condition;
  const nested = [condition, PathPatternConfig, HostHeaderConfig, HttpHeaderConfig];
  if (nested.some((config) => config?.RegexValues?.length))
    throw notSimulated('RegexValues in a condition');
  const field = fieldOf(condition);
  const common = valuesFields.includes(field) ? { Field: field, Values: [] } : { Field: field };
  const values = condition.Values ?? [];
  switch (field) {
    case 'path-pattern': {
      const patterns = nonEmpty(field, condition.PathPatternConfig?.Values ?? values);
      return { ...common, Values: patterns, PathPatternConfig: { Values: patterns } };
    }
    case 'host-header': {
      const hosts = nonEmpty(field, condition.HostHeaderConfig?.Values ?? values);
      checkCharacters(hosts, isHostPattern);
      return { ...common, Values: hosts, HostHeaderConfig: { Values: hosts } };
    }
    case 'http-header': {
      const name = condition.HttpHeaderConfig?.HttpHeaderName;
      if (!name) throw validationError('HttpHeaderConfig needs HttpHeaderName');
      const headers = nonEmpty(field, condition.HttpHeaderConfig?.Values);
      return { ...common, HttpHeaderConfig: { HttpHeaderName: name, Values: headers } };
    }
    case 'http-request-method': {
      const methods = nonEmpty(field, condition.HttpRequestMethodConfig?.Values);
      checkCharacters(methods, (method) => /^[A-Z_-]{1,40}$/.test(method));
      return { ...common, HttpRequestMethodConfig: { Values: methods } };
    }
    case 'query-string': {
      const pairs = condition.QueryStringConfig?.Values;
      if (!pairs?.length) throw validationError('A query-string condition needs values');
      return { ...common, QueryStringConfig: { Values: pairs } };
    }
    case 'source-ip': {
      const blocks = nonEmpty(field, condition.SourceIpConfig?.Values);
      for (const block of blocks) {
        if (!/^[\d.]+\/\d+$|^[\da-f:]+\/\d+$/i.test(block)) {
          throw validationError(`Condition value '${block}' is not a CIDR block`);
        }
      }
      return { ...common, SourceIpConfig: { Values: blocks } };
    }
    default:
      throw validationError(`Condition field '${field}' is not a known field`);
  }
}

function fieldOf(condition: RuleCondition): string {
  if (condition.Field) return condition.Field;
  if (condition.PathPatternConfig) return 'path-pattern';
  if (condition.HostHeaderConfig) return 'host-header';
  if (condition.HttpHeaderConfig) return 'http-header';
  if (condition.HttpRequestMethodConfig) return 'http-request-method';
  if (condition.QueryStringConfig) return 'query-string';
  if (condition.SourceIpConfig) return 'source-ip';
  throw validationError('A condition needs a field');
}

function nonEmpty(field: string, values: readonly string[] | undefined): string[] {
  if (!values?.length) throw validationError(`A ${field} condition needs values`);
  return [...values];
}
