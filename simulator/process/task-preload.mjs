import net from 'node:net';
import { Worker } from 'node:worker_threads';
import { installRoutes, setRoutes } from './routes.mjs';

/**
 * Loaded into a container's process before its own code (`node --import`). Tasks of the simulator share one
 * loopback address, so every fixed port that the code listens on becomes a free one of 127.0.0.1, which is
 * reported to the simulator; and connections go where the simulated network says. The code sees neither.
 */
const variable = 'GREENGATE_TASK';
const reportDescriptor = 3;

const setting = process.env[variable];
// Child processes of the container must not report on a descriptor that is not theirs.
delete process.env[variable];
if (setting !== undefined) install(JSON.parse(setting));

/** @param {{ routes: Readonly<Record<string, string>> }} task */
function install({ routes }) {
  const own = {};
  const report = new net.Socket({ fd: reportDescriptor });
  report.unref();
  report.on('error', () => {});
  // The simulator is gone, however it ended: containers do not outlive it.
  report.on('close', () => process.exit(137));
  report.resume();
  watchForOrphanhood();
  installRoutes(routes);

  const listen = net.Server.prototype.listen;
  net.Server.prototype.listen = function listenOnFreePort(...args) {
    const wanted = fixedPort(args);
    if (wanted === undefined) return listen.apply(this, args);
    this.once('listening', () => {
      const { port } = this.address();
      for (const host of ['127.0.0.1', 'localhost', '::1', '0.0.0.0']) {
        own[`${host}:${wanted}`] = `127.0.0.1:${port}`;
      }
      setRoutes({ ...routes, ...own });
      report.write(`${JSON.stringify({ containerPort: wanted, port })}\n`);
    });
    return listen.call(
      this,
      { ...socketOptions(args), port: 0, host: '127.0.0.1' },
      callback(args),
    );
  };
}

/** A thread that never comes back to its event loop does not see the report's end. */
function watchForOrphanhood() {
  const script = new URL('./orphan-watch.mjs', import.meta.url);
  new Worker(script, { execArgv: [], env: {}, workerData: { parent: process.ppid } }).unref();
}

/** The port of `listen(port, …)` or `listen({ port, … })`; undefined for pipes, handles and port 0. */
function fixedPort([first]) {
  const given = typeof first === 'object' && first !== null ? first.port : first;
  if (typeof given !== 'number' && typeof given !== 'string') return undefined;
  if (given === '' || typeof first?.path === 'string') return undefined;
  const port = Number(given);
  return Number.isInteger(port) && port > 0 ? port : undefined;
}

function socketOptions([first, ...rest]) {
  if (typeof first === 'object') {
    const { backlog, signal } = first;
    return { backlog, signal };
  }
  return { backlog: rest.find((argument) => typeof argument === 'number') };
}

function callback(args) {
  return args.find((argument) => typeof argument === 'function');
}
