/** Prints what a person can act on, never a stack trace for a foreseen refusal, and exits 1. */
export function reportAndExit(error: unknown): never {
  console.error(linesOf(error).join('\n'));
  process.exit(1);
}

function linesOf(error: unknown): readonly string[] {
  if (!(error instanceof Error)) return [String(error)];
  if ('problems' in error && Array.isArray(error.problems)) return error.problems.map(String);
  return isMistakeOfOurs(error) ? [error.stack ?? error.message] : [error.message];
}

function isMistakeOfOurs(error: Error): boolean {
  return [TypeError, ReferenceError, RangeError, SyntaxError].some((kind) => error instanceof kind);
}
