import { type Template, templateSchema } from './template.ts';
import { TemplateRefusedError } from './template-refused-error.ts';

/** Reads a template's outer shape. Throws TemplateRefusedError with every section or key that is not modelled. */
export function parseTemplate(stackName: string, body: string): Template {
  const parsed = templateSchema.safeParse(json(stackName, body));
  if (parsed.success) return parsed.data;
  throw new TemplateRefusedError(
    parsed.error.issues.map(
      ({ path, message }) => `Stack ${stackName}: template ${path.join('.') || 'root'}: ${message}`,
    ),
  );
}

function json(stackName: string, body: string): unknown {
  try {
    return JSON.parse(body);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new TemplateRefusedError([`Stack ${stackName}: template is not JSON: ${reason}`]);
  }
}
