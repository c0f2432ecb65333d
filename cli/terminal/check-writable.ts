import { existsSync, rmSync, writeFileSync } from 'node:fs';
import { UsageError } from './run-command.ts';

/** Throws UsageError when `what` could not be written to `file` later; leaves everything as it was. */
export function checkWritable(file: string, what = 'the report'): void {
  const wasThere = existsSync(file);
  try {
    writeFileSync(file, '', { flag: 'a' });
    // An empty report would be a broken one for whoever reads it, should none be written in the end.
    if (!wasThere) rmSync(file);
  } catch (error) {
    const reason = error instanceof Error && 'code' in error ? String(error.code) : String(error);
    throw new UsageError(`Cannot write ${what} to ${file}: ${reason}; name another file`);
  }
}
