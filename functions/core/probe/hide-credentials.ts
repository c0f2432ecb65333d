/** Names of headers, members and variables whose values may let somebody in. */
export const sensitiveName =
  /auth(?!ors?(?![a-z]))|token|secret|cookie|session|csrf|api[-_]?key|passw|pwd|credential|signature/i;

const hidden = '(hidden)';

const privateKey =
  /-----BEGIN [A-Z ]{0,30}PRIVATE KEY-----[\s\S]*?(?:-----END [A-Z ]{0,30}-----|$)/g;
/** JSON Web Tokens, and ids of AWS access keys (IAM user guide, "Understanding unique ID prefixes"). */
const recognizable = /\beyJ[\w-]{10,}\.[\w-]{10,}(?:\.[\w-]*)?|\b(?:AKIA|ASIA)[A-Z0-9]{16}\b/g;
const userInfo = /([a-z][a-z0-9+.-]{0,20}:\/\/)([^\s/@"'<>]{1,300})@/gi;
/** What a mask has put there already stays readable. */
const maskedPassword = /^[^:]*:\$\{[^}]*\}$/;
const scheme = /\b(Bearer|Basic)\s{1,3}(?=[\w.~+/-]{0,100}[\d=])[\w.~+/-]{8,}=*/gi;
/** Whole words only, so that a long one is looked at once. */
const word = `(?<![\\w.-])([\\w.-]{1,80})`;
const masked = '(?!\\(hidden\\)|\\$\\{)';
const assigned = new RegExp(
  `${word}(\\\\?["']?\\s?=\\s?)${masked}(?:"[^"]*"|'[^']*'|[^\\s,;&"'<\\\\]+)`,
  'g',
);
/** Behind a colon there may be words, as in `unexpected token: ")"`. */
const told = new RegExp(
  `${word}(\\\\?["']?\\s?:\\s?\\\\?["']?)${masked}(?=[^\\s"',;\\\\]{0,100}\\d)[^\\s"',;\\\\]{8,}`,
  'g',
);

/**
 * Takes out what looks like a credential: passwords in URLs, bearer tokens, keys, values of sensitive names. For
 * texts of a service that may hold secrets which nobody told us; it finds the usual ones, not all.
 */
export function hideCredentials(text: string): string {
  return text
    .replace(privateKey, hidden)
    .replace(userInfo, (whole, start: string, user: string) =>
      maskedPassword.test(user) ? whole : `${start}${hidden}@`,
    )
    .replace(scheme, `$1 ${hidden}`)
    .replace(recognizable, hidden)
    .replace(assigned, hideValue)
    .replace(told, hideValue);
}

function hideValue(whole: string, name: string, between: string): string {
  return sensitiveName.test(name) ? `${name}${between}${hidden}` : whole;
}
