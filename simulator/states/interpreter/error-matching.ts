import type { Settings } from '../../core/settings.ts';

/** Fails the execution whatever its definition says (aws-facts 5.4). */
const neverRecovered = 'States.Runtime';
const dataLimit = 'States.DataLimitExceeded';
/** Not matched by the wildcards (aws-facts 5.4). */
const notWild = new Set([neverRecovered, dataLimit]);

/**
 * Whether a Retrier's or Catcher's `ErrorEquals` covers the error; case-sensitive (aws-facts 5.4). Whether
 * States.DataLimitExceeded is covered by its own name is a setting.
 */
export function matchesError(
  errorEquals: readonly string[],
  error: string | undefined,
  { recoverFromDataLimit }: Pick<Settings, 'recoverFromDataLimit'>,
): boolean {
  if (error === neverRecovered) return false;
  if (error === dataLimit && !recoverFromDataLimit) return false;
  return errorEquals.some((name) => {
    if (name === 'States.ALL') return error === undefined || !notWild.has(error);
    if (name === 'States.TaskFailed') {
      return error === undefined || (error !== 'States.Timeout' && !notWild.has(error));
    }
    // A missed heartbeat is a timeout as well, but not the other way round.
    if (name === 'States.Timeout' && error === 'States.HeartbeatTimeout') return true;
    return name === error;
  });
}
