/**
 * Thrown by a fact that cannot be had because of what another check finds wrong, e.g. the task definition of a
 * service that is not there: every check that needs it is a SKIP with this reason instead of one more NG.
 */
export class SkipCheck extends Error {
  override readonly name = 'SkipCheck';
}
