import { DockerfileError } from './dockerfile-error.ts';

export interface Instruction {
  /** 1-based line on which it starts. */
  readonly line: number;
  /** Upper case. */
  readonly keyword: string;
  /** Everything after the keyword; continued lines are joined. */
  readonly argument: string;
}

const directive = /^#\s*([a-zA-Z]+)\s*=\s*(.*?)\s*$/;
const continuation = /\\[ \t]*$/;

/** Splits a Dockerfile into instructions: comments dropped, continued lines joined. Throws DockerfileError. */
export function parseDockerfile(text: string): Instruction[] {
  const lines = text.replace(/^\uFEFF/, '').split(/\r?\n/);
  checkDirectives(lines);
  const instructions: Instruction[] = [];
  let open: { line: number; parts: string[] } | undefined;
  for (const [index, line] of lines.entries()) {
    // Comments and empty lines inside a continued instruction are passed over, as Docker does.
    if (/^\s*(#|$)/.test(line)) continue;
    open ??= { line: index + 1, parts: [] };
    open.parts.push(line.replace(continuation, ''));
    if (continuation.test(line)) continue;
    instructions.push(toInstruction(open.line, open.parts.join('')));
    open = undefined;
  }
  if (open) instructions.push(toInstruction(open.line, open.parts.join('')));
  return instructions;
}

/** Parser directives stand in comments before anything else; `syntax` only picks BuildKit's own parser. */
function checkDirectives(lines: readonly string[]): void {
  for (const [index, line] of lines.entries()) {
    const match = directive.exec(line);
    if (!match) return;
    const [, name = '', value] = match;
    if (name.toLowerCase() === 'escape' && value !== '\\') {
      throw new DockerfileError(
        index + 1,
        `escape=${value} is not supported, only the backslash is`,
      );
    }
  }
}

function toInstruction(line: number, text: string): Instruction {
  const [, keyword = '', argument = ''] = /^\s*(\S+)\s*(.*?)\s*$/s.exec(text) ?? [];
  if (!/^[A-Za-z]+$/.test(keyword)) {
    throw new DockerfileError(line, `"${keyword}" is not an instruction`);
  }
  if (argument === '')
    throw new DockerfileError(line, `${keyword.toUpperCase()} needs an argument`);
  if (/(^|\s)<<-?["']?\w/.test(argument)) {
    throw new DockerfileError(
      line,
      `${keyword.toUpperCase()} with a here-document is not supported`,
    );
  }
  return { line, keyword: keyword.toUpperCase(), argument };
}
