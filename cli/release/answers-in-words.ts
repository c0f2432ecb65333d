import type { AnswersByRelease } from '../../functions/core/rolling/count-answers.ts';

/** `v1 12, v2 6 (1 error)`; `unnamed` where the service does not name its release. */
export function answersInWords(answers: AnswersByRelease): string {
  const told = Object.entries(answers).map(
    ([release, { requests, errors }]) =>
      `${release} ${requests}${errors === 0 ? '' : ` (${errors} ${errors === 1 ? 'error' : 'errors'})`}`,
  );
  return told.join(', ') || 'none';
}
