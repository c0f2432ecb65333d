/**
 * Replaces `${name}` in a definition as CloudFormation's DefinitionSubstitutions does: text for text, so
 * a number needs a placeholder without quotes. Unknown placeholders stay.
 */
export function substitute(
  definition: string,
  values: Readonly<Record<string, string | number | boolean>>,
): string {
  return definition.replace(/\$\{([A-Za-z0-9_.-]+)\}/g, (placeholder, name: string) =>
    Object.hasOwn(values, name) ? String(values[name]) : placeholder,
  );
}
