import { connect } from 'node:net';
import { posix } from 'node:path';
import type { HealthCheck } from '@aws-sdk/client-ecs';
import type { SocketAddress } from '../../core/services.ts';
import {
  type Pipeline,
  parseShell,
  type SimpleCommand,
  UnsupportedShellError,
} from './parse-shell.ts';
import { curl, type ProgramResult, wget } from './web-programs.ts';

/** What a check may touch: its task's network, and its container's own Node.js. */
export interface HealthCommandHost {
  readonly environment: Readonly<Record<string, string>>;
  readonly signal: AbortSignal;
  readonly resolve: (host: string, port: number) => SocketAddress | undefined;
  /** Runs `node` with these arguments inside the container. */
  readonly node: (given: readonly string[]) => Promise<ProgramResult>;
}

type Program = (
  given: readonly string[],
  host: HealthCommandHost,
  input: string,
) => Promise<ProgramResult> | ProgramResult;

const done = (exitCode: number, output = ''): ProgramResult => ({ exitCode, output });

/** Programs that a check may call; curl, wget and nc are taken to be in the image. */
const programs: ReadonlyMap<string, Program> = new Map<string, Program>([
  ['curl', curl],
  ['wget', wget],
  ['node', (given, host) => host.node(given)],
  ['nc', reachable],
  ['true', () => done(0)],
  [':', () => done(0)],
  ['false', () => done(1)],
  ['echo', (given) => done(0, `${given.join(' ')}\n`)],
  ['grep', grep],
  ['sh', shell],
  ['bash', shell],
]);

/** Exit code of a container's health check, 0 for healthy. Throws UnsupportedShellError. */
export async function runHealthCommand(
  command: HealthCheck['command'],
  host: HealthCommandHost,
): Promise<number> {
  const [kind, ...words] = command ?? [];
  if (kind === 'CMD') return (await runSimple(words, host, '')).exitCode;
  if (kind === 'CMD-SHELL') return (await runLine(words.join(' '), host)).exitCode;
  throw new UnsupportedShellError(`a health check that begins with ${kind}`);
}

/** Finds out, without running it, whether the interpreter knows a check. Throws UnsupportedShellError. */
export function checkHealthCommand(command: HealthCheck['command']): void {
  const [kind, ...words] = command ?? [];
  if (kind === 'CMD') {
    checkSimple(words);
  } else if (kind === 'CMD-SHELL') {
    for (const { commands } of parseShell(words.join(' '), {})) commands.forEach(checkSimple);
  } else {
    throw new UnsupportedShellError(`a health check that begins with ${kind}`);
  }
}

function checkSimple([program = '', ...given]: SimpleCommand): void {
  const name = posix.basename(program);
  if (name === 'exit') return;
  if (!programs.has(name)) throw new UnsupportedShellError(`the program ${program}`);
  if ((name === 'sh' || name === 'bash') && given[0] === '-c') {
    checkHealthCommand(['CMD-SHELL', given[1] ?? '']);
  }
}

async function runLine(line: string, host: HealthCommandHost): Promise<ProgramResult> {
  let last = done(0);
  for (const pipeline of parseShell(line, host.environment)) {
    const skipped = pipeline.joint !== ';' && (pipeline.joint === '&&') !== (last.exitCode === 0);
    if (skipped) continue;
    const [first] = pipeline.commands;
    if (first?.[0] === 'exit') return done(Number(first[1] ?? last.exitCode));
    last = await runPipeline(pipeline, host);
  }
  return last;
}

async function runPipeline(
  { commands, negated }: Pipeline,
  host: HealthCommandHost,
): Promise<ProgramResult> {
  let result = done(0);
  for (const command of commands) {
    const words = command.filter((word) => word !== '>/dev/null');
    result = await runSimple(words, host, result.output);
    if (words.length < command.length) result = done(result.exitCode);
  }
  return negated ? done(result.exitCode === 0 ? 1 : 0, result.output) : result;
}

async function runSimple(
  [program = '', ...given]: SimpleCommand,
  host: HealthCommandHost,
  input: string,
): Promise<ProgramResult> {
  const run = programs.get(posix.basename(program));
  if (!run) throw new UnsupportedShellError(`the program ${program}`);
  return run(given, host, input);
}

function shell(given: readonly string[], host: HealthCommandHost): Promise<ProgramResult> {
  const [option, line] = given;
  if (option !== '-c' || line === undefined) throw new UnsupportedShellError('sh without -c');
  return runLine(line, host);
}

function grep(given: readonly string[], _host: HealthCommandHost, input: string): ProgramResult {
  const options = given.filter((word) => word.startsWith('-')).join('');
  const [pattern = '', ...files] = given.filter((word) => !word.startsWith('-'));
  if (/[^-qiFEv]/.test(options) || files.length > 0) {
    throw new UnsupportedShellError(`grep ${given.join(' ')}`);
  }
  const source = options.includes('F') ? pattern.replace(/[.*+?^${}()|[\]\\]/g, '\\$&') : pattern;
  const expression = new RegExp(source, options.includes('i') ? 'i' : '');
  const wanted = !options.includes('v');
  const found = input.split('\n').filter((line) => line !== '' && expression.test(line) === wanted);
  return done(found.length > 0 ? 0 : 1, options.includes('q') ? '' : found.join('\n'));
}

/** `nc -z HOST PORT`: whether something listens. */
function reachable(given: readonly string[], host: HealthCommandHost): Promise<ProgramResult> {
  const [name = '', port = '', ...more] = given.filter((word) => !/^-[zvn]+$/.test(word));
  if (!given.some((word) => /^-\w*z/.test(word)) || !/^\d+$/.test(port) || more.length > 0) {
    throw new UnsupportedShellError(`nc ${given.join(' ')}`);
  }
  const address = host.resolve(name, Number(port));
  if (!address) return Promise.resolve(done(1));
  return new Promise((resolve) => {
    const socket = connect({ ...address, signal: host.signal });
    socket.once('connect', () => resolve(done(0)));
    socket.once('error', () => resolve(done(1)));
    socket.once('connect', () => socket.destroy());
  });
}
