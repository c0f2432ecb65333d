import { jsonNestsDeeperThan } from '../core/json-nesting.ts';
import { firstNull } from './null-values.ts';
import { parseYaml } from './parse-yaml.ts';
import { type Template, templateSchema } from './template.ts';
import { TemplateRefusedError } from './template-refused-error.ts';

/** Sections of a template of AWS that are not modelled; any other key is a mistake on AWS as well. */
const unmodelledSections = ['Transform', 'Hooks'];

/** Far more than any template takes. */
const mostLevels = 500;

/**
 * Reads a template's outer shape, in JSON or YAML. Throws TemplateRefusedError with every section or key that
 * is not modelled.
 */
export function parseTemplate(stackName: string, body: string): Template {
  const value = readTemplate(stackName, body);
  refuseLoops(stackName, value as Record<string, unknown>);
  refuseNulls(stackName, value as Record<string, unknown>);
  const parsed = templateSchema.safeParse(value);
  if (parsed.success) return parsed.data;
  throw new TemplateRefusedError(
    parsed.error.issues.map(
      ({ path, message }) => `Stack ${stackName}: template ${path.join('.') || 'root'}: ${message}`,
    ),
    formatError(value as Record<string, unknown>),
  );
}

function readTemplate(stackName: string, body: string): unknown {
  const json = body.trimStart().startsWith('{');
  let value: unknown;
  try {
    value = json ? parseJson(body) : parseYaml(body);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new TemplateRefusedError(
      [`Stack ${stackName}: template is not ${json ? 'JSON' : 'YAML'}: ${reason}`],
      json ? `Template format error: JSON not well-formed. (${reason})` : reason,
    );
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new TemplateRefusedError(
      [`Stack ${stackName}: template is not an object`],
      'Template format error: unsupported structure.',
    );
  }
  return value;
}

function parseJson(body: string): unknown {
  const value: unknown = JSON.parse(body);
  if (jsonNestsDeeperThan(body, mostLevels)) throw new Error('It is nested too deeply');
  return value;
}

/** Loops of AWS::LanguageExtensions stand where resources do, and would pass for malformed ones. */
function refuseLoops(stackName: string, template: Record<string, unknown>): void {
  const loops = ['Conditions', 'Resources', 'Outputs'].flatMap((section) =>
    Object.keys(template[section] ?? {}).filter((name) => name.startsWith('Fn::ForEach::')),
  );
  if (loops.length === 0) return;
  throw new TemplateRefusedError(
    loops.map((name) => `Stack ${stackName}: ${name}: Fn::ForEach is not modelled`),
  );
}

function refuseNulls(stackName: string, template: Record<string, unknown>): void {
  const path = firstNull(template);
  // Without resources AWS says that first.
  if (path === undefined || template.Resources === null) return;
  const message = `[${path}] 'null' values are not allowed in templates`;
  throw new TemplateRefusedError([`Stack ${stackName}: ${message}`], message);
}

/** AWS's words for the mistakes that it finds itself; undefined for what only the simulator refuses. */
function formatError(template: Record<string, unknown>): string | undefined {
  const known = Object.keys(templateSchema.shape);
  const strange = Object.keys(template).filter(
    (key) => !known.includes(key) && !unmodelledSections.includes(key),
  );
  if (strange.length > 0) return `Invalid template property or properties [${strange.join(', ')}]`;
  const resources = template.Resources;
  if (typeof resources !== 'object' || resources === null || Object.keys(resources).length === 0) {
    return 'Template format error: At least one Resources member must be defined.';
  }
  for (const [name, resource] of Object.entries(resources)) {
    if (typeof resource !== 'object' || resource === null) {
      return `Template format error: [/Resources/${name}] resource definition is malformed`;
    }
    if (!('Type' in resource)) {
      return `Template format error: [/Resources/${name}] Every Resources object must contain a Type member.`;
    }
    if (!/^[A-Za-z0-9]{1,255}$/.test(name)) {
      return `Template format error: Resource name ${name} is non alphanumeric.`;
    }
  }
  return undefined;
}
