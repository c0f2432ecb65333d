import { type CheckAnswer, type CheckRequest, checkRequest } from './http-request.ts';
import { type OptionTable, type ReadOptions, readOptions } from './options.ts';
import { UnsupportedShellError } from './parse-shell.ts';

export interface ProgramResult {
  readonly exitCode: number;
  readonly output: string;
}

export type WebNetwork = Pick<CheckRequest, 'signal' | 'resolve'>;

const curlOptions: OptionTable = {
  flags: {
    '-f': 'fail',
    '--fail': 'fail',
    '--fail-with-body': 'fail',
    '-L': 'follow',
    '--location': 'follow',
    '-k': 'insecure',
    '--insecure': 'insecure',
    '-I': 'head',
    '--head': 'head',
    ...ignored(
      '-s',
      '--silent',
      '-S',
      '--show-error',
      '-v',
      '--verbose',
      '-g',
      '-4',
      '--ipv4',
      '-i',
    ),
    ...ignored('--no-progress-meter', '--http1.1', '--compressed'),
  },
  values: {
    '-X': 'method',
    '--request': 'method',
    '-H': 'header',
    '--header': 'header',
    '-A': 'agent',
    '--user-agent': 'agent',
    '-o': 'file',
    '--output': 'file',
    '-m': 'seconds',
    '--max-time': 'seconds',
    '--connect-timeout': 'seconds',
  },
};

const wgetOptions: OptionTable = {
  flags: {
    '--spider': 'head',
    '--no-check-certificate': 'insecure',
    ...ignored('-q', '--quiet', '-nv', '--no-verbose', '-S', '--server-response', '-4', '-nc'),
  },
  values: {
    '-O': 'file',
    '--output-document': 'file',
    '-T': 'seconds',
    '--timeout': 'seconds',
    '-t': 'tries',
    '--tries': 'tries',
    '--header': 'header',
    '-U': 'agent',
    '--user-agent': 'agent',
    '-Y': 'proxy',
  },
};

/** Exit codes of curl: 3 bad address, 6 no such host, 7 refused, 22 an error status, 28 timeout, 60 certificate. */
export async function curl(given: readonly string[], network: WebNetwork): Promise<ProgramResult> {
  const options = readOptions('curl', given, curlOptions);
  const answer = await request(options, network);
  const codes = { url: 3, unresolved: 6, refused: 7, timeout: 28, certificate: 60 };
  if ('failure' in answer) return { exitCode: codes[answer.failure], output: '' };
  const failed = options.flags.has('fail') && answer.status >= 400;
  return { exitCode: failed ? 22 : 0, output: failed ? '' : printed(options, answer.body, '-') };
}

/** Exit codes of GNU Wget: 4 network, 5 certificate, 8 an error status. It follows redirects by itself. */
export async function wget(given: readonly string[], network: WebNetwork): Promise<ProgramResult> {
  const options = readOptions('wget', given, wgetOptions);
  const followed = { ...options, flags: new Set([...options.flags, 'follow']) };
  const answer = await request(followed, network);
  if ('failure' in answer) {
    return { exitCode: answer.failure === 'certificate' ? 5 : 4, output: '' };
  }
  return {
    exitCode: answer.status >= 400 ? 8 : 0,
    output: answer.status >= 400 ? '' : printed(options, answer.body, undefined),
  };
}

async function request(options: ReadOptions, network: WebNetwork): Promise<CheckAnswer> {
  const [url, ...more] = options.operands;
  if (url === undefined || more.length > 0) {
    throw new UnsupportedShellError('a request with any number of addresses but one');
  }
  const agents = options.values.get('agent') ?? [];
  const headers = [
    ...(options.values.get('header') ?? []),
    ...agents.map((agent) => `user-agent: ${agent}`),
  ];
  const seconds = (options.values.get('seconds') ?? []).map(Number).filter((each) => each > 0);
  const signals = seconds.map((each) => AbortSignal.timeout(each * 1_000));
  return checkRequest({
    ...network,
    url,
    method: options.values.get('method')?.at(-1) ?? (options.flags.has('head') ? 'HEAD' : 'GET'),
    headers: Object.fromEntries(
      headers.map((header) => {
        const at = header.indexOf(':');
        return [header.slice(0, at).trim(), header.slice(at + 1).trim()];
      }),
    ),
    followRedirects: options.flags.has('follow'),
    verifyCertificates: !options.flags.has('insecure'),
    signal: AbortSignal.any([network.signal, ...signals]),
  });
}

/** What goes to standard output: curl's standard, wget's only with `-O -`. */
function printed(options: ReadOptions, body: string, standard: string | undefined): string {
  const file = options.values.get('file')?.at(-1) ?? standard;
  if (file === '-') return body;
  // wget without -O writes a file of the address's name; nobody reads it in a health check.
  if (file === undefined || file === '/dev/null') return '';
  throw new UnsupportedShellError(`output to the file ${file}`);
}

function ignored(...options: readonly string[]): Record<string, string> {
  return Object.fromEntries(options.map((option) => [option, '']));
}
