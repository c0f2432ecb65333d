import { Lexer, Parser } from 'yaml';

/**
 * Whether a YAML text nests collections deeper than so many levels, told without recursion: composing what is nested
 * some thousand levels deep exhausts the stack, and a regular expression that is compiled at its end takes the whole
 * process with it ("RegExpCompiler Allocation failed"), which nothing can catch.
 */
export function nestsDeeperThan(text: string, levels: number): boolean {
  const parser = new Parser();
  for (const lexeme of new Lexer().lex(text)) {
    for (const _token of parser.next(lexeme)) {
      // Its tokens are not needed; reading them moves the parser on.
    }
    if (parser.stack.length > levels) return true;
  }
  return false;
}
