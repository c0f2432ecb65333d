import { format as formatText } from 'node:util';
import { errorText, intoError } from './runtime-errors.mjs';

/** From the least important to the most; `AWS_LAMBDA_LOG_LEVEL` names the first that is written. */
const levels = ['TRACE', 'DEBUG', 'INFO', 'WARN', 'ERROR', 'FATAL'];
const methods = {
  trace: 'TRACE',
  debug: 'DEBUG',
  info: 'INFO',
  log: 'INFO',
  warn: 'WARN',
  error: 'ERROR',
  fatal: 'FATAL',
};

/**
 * Stands for a line break inside a message. On Lambda a message reaches the log as one frame with its line
 * breaks; here the host reads lines of a pipe, and puts the line breaks back (output-lines.ts).
 */
export const lineBreak = '\x1e';

/** Rewrites console methods to write the lines Lambda's Node.js runtime writes, tagged with the request. */
export function installConsole({ format, level, requestId }) {
  const write = format === 'JSON' ? jsonLine : textLine;
  const least = Math.max(0, levels.indexOf(level));
  for (const [method, name] of Object.entries(methods)) {
    console[method] = (...args) => {
      if (levels.indexOf(name) < least) return;
      const line = write(
        { timestamp: new Date().toISOString(), level: name, requestId: requestId() },
        args,
      );
      process.stdout.write(`${line.replaceAll('\n', lineBreak)}\n`);
    };
  }
}

/** Logs an error that the runtime found, under `heading` where the format has headings. */
export function logError(heading, thrown) {
  const error = intoError(thrown);
  if (process.env.AWS_LAMBDA_LOG_FORMAT === 'JSON') console.error(error);
  else console.error(heading, errorText(error));
}

function textLine({ timestamp, level, requestId }, args) {
  return [timestamp, requestId ?? 'undefined', level, formatText(...args)].join('\t');
}

/** One argument is the message as it is; of several, the first error has members of its own. */
function jsonLine(head, args) {
  if (args.length === 1) {
    try {
      return JSON.stringify({ ...head, message: args[0] }, (_, value) =>
        value instanceof Error ? { ...errorMembers(value), ...value } : value,
      );
    } catch {
      return JSON.stringify({ ...head, message: formatText(args[0]) });
    }
  }
  const error = args.find((argument) => argument instanceof Error);
  return JSON.stringify({
    ...head,
    message: formatText(...args),
    ...(error && errorMembers(error)),
  });
}

function errorMembers(error) {
  return {
    errorType: error.name.startsWith('Runtime.')
      ? error.name.slice('Runtime.'.length)
      : (error.constructor?.name ?? 'UnknownError'),
    errorMessage: error.message,
    stackTrace: typeof error.stack === 'string' ? error.stack.split('\n') : [],
  };
}
