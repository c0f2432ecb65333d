import net from 'node:net';
import { Worker } from 'node:worker_threads';
import { containerVariable } from './end-processes.mjs';
import { markChildren } from './mark-children.mjs';
import { installMounts } from './mounts.mjs';
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
delete process.env[containerVariable];
if (setting !== undefined) install(JSON.parse(setting));

/**
 * @param {{ routes: Readonly<Record<string, string>>, container?: string, memoryBytes?: number,
 *   fileSystem?: Parameters<typeof installMounts>[0] }} task
 * `container` names the process group that this process leads; `memoryBytes` is its limit.
 */
function install({ routes, container, memoryBytes, fileSystem }) {
  const own = {};
  const report = new net.Socket({ fd: reportDescriptor });
  report.unref();
  report.on('error', () => {});
  // The simulator is gone, however it ended: containers do not outlive it.
  report.on('close', () => process.exit(137));
  readSiblings(report, (port, address) => addOwn(port, address));
  watchOver({ container, memoryBytes });
  if (container !== undefined) markChildren(container);
  installRoutes(routes);
  if (fileSystem !== undefined) installMounts(fileSystem);

  const addOwn = (port, address) => {
    for (const host of ['127.0.0.1', 'localhost', '::1', '0.0.0.0']) {
      own[`${host}:${port}`] = address;
    }
    setRoutes({ ...routes, ...own });
  };
  const listen = net.Server.prototype.listen;
  net.Server.prototype.listen = function listenOnFreePort(...args) {
    const wanted = fixedPort(args);
    if (wanted === undefined) return listen.apply(this, args);
    this.once('listening', () => {
      const { port } = this.address();
      addOwn(wanted, `127.0.0.1:${port}`);
      report.write(`${JSON.stringify({ containerPort: wanted, port })}\n`);
    });
    return listen.call(
      this,
      { ...socketOptions(args), port: 0, host: '127.0.0.1' },
      callback(args),
    );
  };
}

/** Containers of a task share localhost: the simulator tells where the others listen, one JSON line each. */
function readSiblings(report, found) {
  let rest = '';
  report.on('data', (chunk) => {
    const lines = (rest + chunk).split('\n');
    rest = lines.pop() ?? '';
    for (const line of lines) {
      const { containerPort, address } = JSON.parse(line);
      found(containerPort, address);
    }
  });
}

/** A thread that never comes back to its event loop does not see the report's end. */
function watchOver({ container, memoryBytes }) {
  const script = new URL('./orphan-watch.mjs', import.meta.url);
  const workerData = {
    parent: process.ppid,
    leadsGroup: container !== undefined,
    container,
    memoryBytes,
    reportDescriptor,
  };
  new Worker(script, { execArgv: [], env: {}, workerData }).unref();
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
