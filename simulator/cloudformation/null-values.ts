/**
 * The path of a template's first null, as AWS spells it: properties stand under `Type`
 * (aws-cloudformation/cfn-lint #38 and #246, geseib/awsnetworkshop #10).
 */
export function firstNull(template: Readonly<Record<string, unknown>>): string | undefined {
  // A version without a value is taken.
  const { AWSTemplateFormatVersion: _version, ...sections } = template;
  const path = pathOfNull(sections);
  if (!path) return undefined;
  if (path[0] === 'Resources' && path[2] === 'Properties') path[2] = 'Type';
  return `/${path.join('/')}`;
}

function pathOfNull(value: unknown): string[] | undefined {
  if (value === null) return [];
  if (typeof value !== 'object') return undefined;
  for (const [key, member] of Object.entries(value)) {
    const path = pathOfNull(member);
    if (path) return [key, ...path];
  }
  return undefined;
}
