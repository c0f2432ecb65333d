/**
 * Features of Node.js that Lambda switches off, by runtime, unless the function's NODE_OPTIONS ask for them
 * (Lambda guide, "Building Lambda functions with Node.js"; nodejs24.x switches off neither).
 */
const switchedOff: Readonly<Record<string, readonly string[]>> = {
  'nodejs20.x': ['experimental-require-module'],
  'nodejs22.x': ['experimental-require-module', 'experimental-detect-module'],
};

/** Arguments for this machine's Node.js, as far as it knows them. */
export function runtimeFlags(runtime: string, nodeOptions = ''): string[] {
  const asked = new Set(nodeOptions.split(/\s+/));
  return (switchedOff[runtime] ?? [])
    .filter((name) => process.allowedNodeEnvironmentFlags.has(`--${name}`))
    .filter((name) => !asked.has(`--${name}`))
    .map((name) => `--no-${name}`);
}
