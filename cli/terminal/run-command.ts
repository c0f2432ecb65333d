/** A mistake that the person at the terminal can mend: shown as its message, never as a stack trace. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

/** Error classes of other folders that are messages to a person as well, known by name. */
const speakingErrors = new Set([
  'UsageError',
  'AssemblyRefusedError',
  'BundleRefusedError',
  'ConfigRefusedError',
  'RehearsalStalledError',
  'SettingRefusedError',
  'SimulatorStartError',
  'StackCreationError',
  'TemplateRefusedError',
]);

/** Exit codes of every command. */
export const exitCodes = { ok: 0, usage: 1, failed: 2, interrupted: 130 } as const;

/**
 * Runs a command's main function and ends the process with its exit code. Mistakes of the user print
 * their message and exit 1; anything else is our own bug and keeps its stack trace.
 */
export async function runCommand(main: () => Promise<number>): Promise<void> {
  try {
    process.exitCode = await main();
  } catch (error) {
    process.exitCode = exitCodes.usage;
    if (error instanceof Error && speakingErrors.has(error.name)) {
      process.stderr.write(`${error.message}\n`);
    } else {
      process.stderr.write(`Unexpected failure, please report it:\n${stackOf(error)}\n`);
    }
  }
}

function stackOf(error: unknown): string {
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}
