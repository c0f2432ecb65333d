import type { Metafile } from 'esbuild';

/** Packages that must stay out of the functions: validation happened at synth (ecosystem.md section 1). */
const forbiddenPackages = ['zod', 'yaml', 'aws-cdk-lib', '@aws-sdk/credential-provider-sso'];
const forbiddenFolders = ['simulator/', 'infra/', 'cli/'];

/** What is wrong with one bundle, one sentence each; empty when it may be deployed. */
export function inspectBundle(bundle: {
  readonly name: string;
  readonly bytes: number;
  readonly budgetBytes: number;
  readonly inputs: Metafile['outputs'][string]['inputs'];
}): string[] {
  const { name, bytes, budgetBytes } = bundle;
  const problems: string[] = [];
  if (bytes > budgetBytes) {
    problems.push(
      `Bundle "${name}" has ${bytes} bytes, its budget is ${budgetBytes}: see what grew, or raise it in infra/bundling/size-budget.ts`,
    );
  }
  const used = Object.entries(bundle.inputs).filter(([, input]) => input.bytesInOutput > 0);
  for (const forbidden of forbiddenPackages) {
    const witness = used.find(([path]) => path.includes(`node_modules/${forbidden}/`));
    if (witness) {
      problems.push(`Bundle "${name}" contains package "${forbidden}" through ${witness[0]}`);
    }
  }
  for (const forbidden of forbiddenFolders) {
    const witness = used.find(([path]) => path.startsWith(forbidden));
    if (witness) problems.push(`Bundle "${name}" contains ${witness[0]}, which is not a function`);
  }
  return problems;
}
