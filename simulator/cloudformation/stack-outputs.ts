import type { StackOutput } from './model.ts';
import { resolve } from './resolve.ts';
import type { StackWork } from './stack-work.ts';
import type { Template } from './template.ts';
import type { TemplateScope } from './template-scope.ts';

/** Outputs as the resources stand. Throws an Error for an export that is taken, or in use and changed. */
export function stackOutputs(
  { model, stack }: StackWork,
  template: Template,
  scope: TemplateScope,
): StackOutput[] {
  const outputs = Object.entries(template.Outputs)
    .filter(([, output]) => scope.includes(output))
    .map(([key, output]) => {
      const exportName = output.Export && text(`export name of ${key}`, output.Export.Name, scope);
      const taken = model
        .exports()
        .find((each) => each.name === exportName && each.stack !== stack);
      if (taken) {
        throw new Error(
          `Export with name ${exportName} is already exported by stack ${taken.stack.stackName}`,
        );
      }
      const value = text(`output ${key}`, output.Value, scope);
      return { key, value, description: output.Description, exportName };
    });
  for (const { exportName, value } of stack.outputs) {
    const users = exportName === undefined ? [] : model.importers(exportName);
    if (users.length === 0) continue;
    const after = outputs.find((output) => output.exportName === exportName);
    if (after?.value === value) continue;
    const verb = after ? 'updated' : 'deleted';
    const names = users.map(({ stackName }) => stackName).join(', ');
    throw new Error(`Export ${exportName} cannot be ${verb} as it is in use by ${names}`);
  }
  return outputs;
}

function text(what: string, expression: unknown, scope: TemplateScope): string {
  const value = resolve(expression, scope);
  if (typeof value === 'string') return value;
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  throw new Error(`${what} must be a text, got ${Array.isArray(value) ? 'a list' : typeof value}`);
}
