/** Stands in for Lambda's runtime inside one execution environment: asks for work, runs it, answers. */
import { Worker } from 'node:worker_threads';
import { containerVariable } from '../process/end-processes.mjs';
import { markChildren } from '../process/mark-children.mjs';
import { installRoutes, isConnected, setRoutes } from '../process/routes.mjs';
import { answerText, callHandler, settleOnEmptyLoop } from './call-handler.mjs';
import { installConsole, logError } from './console-lines.mjs';
import { loadHandler } from './load-handler.mjs';
import { callRuntimeApi } from './runtime-client.mjs';
import { errorShape, UnhandledPromiseRejection } from './runtime-errors.mjs';
import { installVirtualDate } from './virtual-date.mjs';
import { installVirtualTimers } from './virtual-timers.mjs';

const runtime = '/2018-06-01/runtime';
const setVirtualNow = installVirtualDate();
/** Real milliseconds after an answer within which the next request of the same work is sent. */
const betweenRequestsMs = 50;
let requestId;
let timeJumps = false;
let crashed = false;

/** Virtual time and network table: the simulator's own addition to the Runtime API. */
async function synchronize(method = 'GET', path = '/simulation') {
  const simulation = JSON.parse((await callRuntimeApi(method, path)).body);
  setVirtualNow(simulation.nowMs);
  setRoutes(simulation.routes);
  timeJumps = simulation.timeJumps;
}

/** A function that only sleeps lets virtual time jump; resolves with what was jumped over. */
async function pass(ms) {
  const before = { virtual: Date.now(), real: performance.now() };
  await synchronize('POST', `/simulation/sleep?ms=${Math.ceil(ms)}`);
  return Math.max(0, Date.now() - before.virtual - (performance.now() - before.real));
}

async function initialize() {
  try {
    return await loadHandler(process.env.LAMBDA_TASK_ROOT, process.env._HANDLER);
  } catch (error) {
    logError('Uncaught Exception', error);
    await callRuntimeApi('POST', `${runtime}/init/error`, JSON.stringify(errorShape(error)));
    process.exit(1);
  }
}

function contextOf(headers) {
  const deadlineMs = Number(headers['lambda-runtime-deadline-ms']);
  return {
    functionName: process.env.AWS_LAMBDA_FUNCTION_NAME,
    functionVersion: process.env.AWS_LAMBDA_FUNCTION_VERSION,
    invokedFunctionArn: headers['lambda-runtime-invoked-function-arn'],
    memoryLimitInMB: process.env.AWS_LAMBDA_FUNCTION_MEMORY_SIZE,
    awsRequestId: requestId,
    logGroupName: process.env.AWS_LAMBDA_LOG_GROUP_NAME,
    logStreamName: process.env.AWS_LAMBDA_LOG_STREAM_NAME,
    getRemainingTimeInMillis: () => Math.max(0, deadlineMs - Date.now()),
  };
}

async function run(handler, event, headers) {
  try {
    const result = await callHandler(handler, event, contextOf(headers));
    return ['response', answerText(result)];
  } catch (error) {
    logError('Invoke Error', error);
    return ['error', JSON.stringify(errorShape(error))];
  }
}

/** Marks the end of the invocation's output, so that the host knows it has read every line. */
function endOutput() {
  for (const stream of [process.stdout, process.stderr]) stream.write(`\0${requestId}\n`);
}

/** An error outside the handler's promise ends the environment, but its cause is reported first. */
async function crash(heading, error, exitCode) {
  crashed = true;
  logError(heading, error);
  endOutput();
  await callRuntimeApi(
    'POST',
    requestId ? `${runtime}/invocation/${requestId}/error` : `${runtime}/init/error`,
    JSON.stringify(errorShape(error)),
  ).catch(() => {});
  process.exit(exitCode);
}

/** A thread of its own ends a function without a host, or beyond its memory, whatever the function does. */
function watchOver() {
  const container = process.env[containerVariable];
  const memoryBytes = Number(process.env.GREENGATE_MEMORY_BYTES) || undefined;
  delete process.env[containerVariable];
  delete process.env.GREENGATE_MEMORY_BYTES;
  if (container !== undefined) markChildren(container);
  const script = new URL('../process/orphan-watch.mjs', import.meta.url);
  const workerData = {
    parent: process.ppid,
    leadsGroup: container !== undefined,
    container,
    memoryBytes,
    // Nobody is told: the end of the process says enough.
    reportDescriptor: -1,
  };
  new Worker(script, { execArgv: [], env: {}, workerData }).unref();
}

process.on('uncaughtException', (error) => crash('Uncaught Exception', error, 129));
process.on('unhandledRejection', (reason, promise) =>
  crash('Unhandled Promise Rejection', new UnhandledPromiseRejection(reason, promise), 128),
);
process.on('beforeExit', settleOnEmptyLoop);
watchOver();
installRoutes({});
installVirtualTimers(
  pass,
  () => isConnected(betweenRequestsMs),
  () => timeJumps,
);
installConsole({
  format: process.env.AWS_LAMBDA_LOG_FORMAT,
  level: process.env.AWS_LAMBDA_LOG_LEVEL,
  requestId: () => requestId,
});
await synchronize();
const handler = await initialize();
// What the module left behind is heard of at the end of this turn, and is an error of the init phase.
await new Promise((resolve) => setImmediate(resolve));
// Whoever crashed ends by itself and takes no work.
if (crashed) await new Promise(() => {});
for (;;) {
  // The host closes the connection when it retires this environment.
  const next = await callRuntimeApi('GET', `${runtime}/invocation/next`).catch(() =>
    process.exit(0),
  );
  requestId = next.headers['lambda-runtime-aws-request-id'];
  process.env._X_AMZN_TRACE_ID = next.headers['lambda-runtime-trace-id'];
  await synchronize();
  const [kind, body] = await run(handler, JSON.parse(next.body), next.headers);
  endOutput();
  await callRuntimeApi('POST', `${runtime}/invocation/${requestId}/${kind}`, body, {
    'simulator-max-memory-kb': process.resourceUsage().maxRSS,
  });
}
