import net from 'node:net';

/**
 * Name resolution of the simulated network inside a child process: connecting to a `host:port` of the
 * table goes to the loopback socket behind it. Only the connection is redirected, so the Host header and
 * the TLS server name stay what the code asked for. node:http agents, undici and tls all end in
 * `Socket.prototype.connect`.
 */

/** One network per process. @type {Map<string, { host: string, port: number }>} */
const routes = new Map();

/** Connections into the simulated network that are open now, and when the last one was closed. */
let openConnections = 0;
let lastClosedMs = Number.NEGATIVE_INFINITY;

const loopbackHosts = new Set(['localhost', '127.0.0.1', '::1', '0.0.0.0', '::']);

/** Replaces the table. @param {Readonly<Record<string, string>>} table `host:port` to `127.0.0.1:port` */
export function setRoutes(table) {
  routes.clear();
  for (const [name, address] of Object.entries(table)) {
    const colon = address.lastIndexOf(':');
    routes.set(name.toLowerCase(), {
      host: address.slice(0, colon),
      port: Number(address.slice(colon + 1)),
    });
  }
}

/**
 * Whether this process talks to anything in the simulated network, or did within the last `graceMs`: whoever
 * sends one request after the other is not idle between them.
 */
export function isConnected(graceMs = 0) {
  return openConnections > 0 || performance.now() - lastClosedMs < graceMs;
}

/** Redirects every connection of this process from now on. @param {Readonly<Record<string, string>>} table */
export function installRoutes(table) {
  setRoutes(table);
  const connect = net.Socket.prototype.connect;
  net.Socket.prototype.connect = function connectRouted(...args) {
    const [options, onConnect] = connectArguments(args);
    if (options.path || options.port === undefined) {
      return connect.apply(this, args);
    }
    const host = String(options.host ?? 'localhost').toLowerCase();
    const route = routes.get(`${host}:${Number(options.port)}`);
    if (route) {
      openConnections++;
      this.once('close', () => {
        openConnections--;
        lastClosedMs = performance.now();
      });
      return connect.call(this, { ...options, ...route }, onConnect);
    }
    if (loopbackHosts.has(host)) return connect.apply(this, args);
    return refuse(this, host, options.port);
  };
}

/** Undoes the three call forms: `(options, cb)`, `(port, host, cb)` and node's own normalized array. */
function connectArguments(args) {
  const [first] = args;
  if (Array.isArray(first)) return [first[0], first[1]];
  const onConnect = args.find((argument) => typeof argument === 'function');
  if (typeof first === 'object' && first !== null) return [first, onConnect];
  if (typeof first === 'string' && Number.isNaN(Number(first))) return [{ path: first }, onConnect];
  return [{ port: first, host: typeof args[1] === 'string' ? args[1] : undefined }, onConnect];
}

/** The simulated network is all there is: what is not in it answers as a dead address does. */
function refuse(socket, host, port) {
  const error = net.isIP(host)
    ? Object.assign(new Error(`connect ECONNREFUSED ${host}:${port}`), {
        code: 'ECONNREFUSED',
        syscall: 'connect',
        address: host,
        port: Number(port),
      })
    : Object.assign(new Error(`getaddrinfo ENOTFOUND ${host}`), {
        code: 'ENOTFOUND',
        syscall: 'getaddrinfo',
        hostname: host,
      });
  socket.connecting = true;
  process.nextTick(() => socket.destroy(error));
  return socket;
}
