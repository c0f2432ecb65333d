import { formatWithOptions } from 'node:util';

const levels = { debug: 'DEBUG', log: 'INFO', info: 'INFO', warn: 'WARN', error: 'ERROR' };

/** Rewrites console methods to write the lines Lambda's Node.js runtime writes, tagged with the request. */
export function installConsole(format, requestId) {
  for (const [method, level] of Object.entries(levels)) {
    console[method] = (...args) => {
      const message = formatWithOptions({}, ...args);
      const timestamp = new Date().toISOString();
      const line =
        format === 'JSON'
          ? JSON.stringify({ timestamp, level, requestId: requestId(), message })
          : [timestamp, requestId() ?? 'undefined', level, message.replaceAll('\n', '\r')].join(
              '\t',
            );
      process.stdout.write(`${line}\n`);
    };
  }
}
