import { AwsError } from '../core/aws-error.ts';

/**
 * Compiles a CloudWatch Logs filter pattern of terms: `ERROR`, `"two words"`, `-absent`, `?either ?or`.
 * Terms are case-sensitive and all must match. JSON (`{`), space-delimited (`[`) and regular expression
 * (`%`) patterns throw AwsError: they are not simulated.
 */
export function compileFilterPattern(pattern: string): (message: string) => boolean {
  const text = pattern.trim();
  if (/^[{[]/.test(text) || text.includes('%')) {
    throw new AwsError(
      'NotImplemented',
      `Filter pattern ${text} is not simulated: only terms and quoted phrases are`,
    );
  }
  const required: string[] = [];
  const optional: string[] = [];
  const excluded: string[] = [];
  let at = 0;
  while (at < text.length) {
    const match = /\s*([-?]?)(?:"((?:[^"\\]|\\.)*)"|([^\s"]+))/y;
    match.lastIndex = at;
    const found = match.exec(text);
    if (!found) throw new AwsError('InvalidParameterException', `Invalid filter pattern: ${text}`);
    at = match.lastIndex;
    const term = (found[2]?.replace(/\\(.)/g, '$1') ?? found[3] ?? '').trim();
    if (found[1] === '-') excluded.push(term);
    else if (found[1] === '?') optional.push(term);
    else required.push(term);
  }
  return (message) =>
    required.every((term) => message.includes(term)) &&
    !excluded.some((term) => message.includes(term)) &&
    // Beside required terms, optional ones decide nothing (CloudWatch Logs guide, filter patterns).
    (required.length > 0 ||
      optional.length === 0 ||
      optional.some((term) => message.includes(term)));
}
