import { unmodelledDynamicReference } from './dynamic-references.ts';
import { asIntrinsic, getAttTarget, placeholders, subTemplate } from './intrinsic.ts';
import { intrinsicNames } from './resolve.ts';

export interface Reference {
  /** Logical id, parameter or pseudo parameter. */
  readonly name: string;
  /** Where it stands, e.g. `Role` or `Environment.Variables.QUEUE`. */
  readonly path: string;
}

export interface Findings {
  readonly references: Reference[];
  /** Names of conditions that `Fn::If` asks. */
  readonly conditions: Reference[];
  /** Function calls and dynamic references that are not modelled. */
  readonly unsupported: Reference[];
}

/** Everything a value refers to, found without evaluating it: both branches of an `Fn::If` count. */
export function findReferences(value: unknown, path = ''): Findings {
  const findings: Findings = { references: [], conditions: [], unsupported: [] };
  visit(value, path, findings);
  return findings;
}

function visit(value: unknown, path: string, findings: Findings): void {
  if (typeof value === 'string') {
    const dynamic = unmodelledDynamicReference(value);
    if (dynamic) findings.unsupported.push({ name: `dynamic reference ${dynamic}`, path });
    return;
  }
  if (typeof value !== 'object' || value === null) return;
  const intrinsic = asIntrinsic(value);
  if (intrinsic) visitIntrinsic(intrinsic.name, intrinsic.argument, path, findings);
  else for (const [key, item] of Object.entries(value)) visit(item, below(path, key), findings);
}

function visitIntrinsic(name: string, argument: unknown, path: string, findings: Findings): void {
  if (!intrinsicNames.has(name)) {
    findings.unsupported.push({ name, path });
    return;
  }
  if (name === 'Ref' && typeof argument === 'string') {
    findings.references.push({ name: argument, path });
    return;
  }
  const target = name === 'Fn::GetAtt' ? getAttTarget(argument) : undefined;
  if (target) {
    findings.references.push({ name: target.logicalId, path });
    visit(target.attribute, path, findings);
    return;
  }
  const sub = name === 'Fn::Sub' ? subTemplate(argument) : undefined;
  if (sub) {
    for (const each of placeholders(sub.text)) {
      if (Object.hasOwn(sub.variables, each)) continue;
      findings.references.push({ name: each.split('.')[0] ?? each, path });
    }
    visit(sub.variables, path, findings);
    return;
  }
  if (name === 'Fn::If' && Array.isArray(argument) && typeof argument[0] === 'string') {
    findings.conditions.push({ name: argument[0], path });
  }
  visit(argument, path, findings);
}

function below(path: string, key: string): string {
  return path === '' ? key : `${path}.${key}`;
}
