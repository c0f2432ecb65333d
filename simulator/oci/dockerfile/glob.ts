/**
 * A path pattern of .dockerignore and COPY: `*` and `?` stay within one path part, `**` spans any number
 * of them, `[a-z]` and `[^a-z]` are character classes. Paths are relative and use `/`.
 */
export function globToRegExp(pattern: string): RegExp {
  let source = '';
  let rest = pattern;
  while (rest !== '') {
    const [token = ''] = /^(\*\*\/|\*\*|\*|\?|\[\^?[^\]/]+\]|\\.|.)/s.exec(rest) ?? [];
    source += translate(token);
    rest = rest.slice(token.length);
  }
  return new RegExp(`^${source}$`);
}

function translate(token: string): string {
  if (token === '**/') return '(?:[^/]+/)*';
  if (token === '**') return '.*';
  if (token === '*') return '[^/]*';
  if (token === '?') return '[^/]';
  if (token.length > 1 && token.startsWith('[')) return token.replaceAll('\\', '\\\\');
  const literal = token.length > 1 ? token.slice(1) : token;
  return literal.replace(/[.*+?^${}()|[\]\\/]/, '\\$&');
}
