import { RuntimeError } from './runtime-errors.mjs';

let whenEmpty;

/** True when an invocation waits for the event loop to become empty; its answer is then settled. */
export function settleOnEmptyLoop() {
  const settle = whenEmpty;
  whenEmpty = undefined;
  settle?.();
  return settle !== undefined;
}

const isLatest = () => process.env.AWS_EXECUTION_ENV === 'AWS_Lambda_nodejs24.x';

/**
 * Calls a handler as the runtime of its version does. nodejs24.x takes what it returns. Earlier ones take a
 * promise, what it gives to its callback or to `context.done`, `succeed` and `fail`, and null when nothing
 * comes and nothing is left to do (Lambda guide, "Define Lambda function handler in Node.js"; the rules of
 * which comes first are those of the public aws-lambda-nodejs-runtime-interface-client).
 */
export async function callHandler(handler, event, context) {
  try {
    return await new Promise((resolve, reject) => {
      whenEmpty = () => reject(neverSettled());
      if (isLatest()) Promise.resolve(handler(event, context)).then(resolve, reject);
      else callWithCallback(handler, event, context, resolve, reject);
    });
  } finally {
    whenEmpty = undefined;
  }
}

function callWithCallback(handler, event, context, resolve, reject) {
  if (handler.constructor.name !== 'AsyncFunction') whenEmpty = () => resolve(null);
  const fails = (error) => error !== undefined && error !== null;
  const done = (error, result) => (fails(error) ? reject(error) : resolve(result));
  const endings = {
    callbackWaitsForEmptyEventLoop: true,
    succeed: (result) => done(null, result),
    fail: (error) => done(fails(error) ? error : 'handled'),
    done,
  };
  const whole = Object.assign(endings, context);
  const callback = (error, result) => {
    if (!fails(error) && whole.callbackWaitsForEmptyEventLoop) whenEmpty = () => resolve(result);
    else done(error, result);
  };
  const returned = handler(event, whole, callback);
  if (typeof returned?.then === 'function') returned.then(resolve, reject);
}

/** The answer as JSON text. */
export function answerText(result) {
  try {
    return JSON.stringify(result) ?? 'null';
  } catch {
    const text = 'Unable to stringify response body';
    throw isLatest() ? new RuntimeError('Runtime.JSONStringifyError', text) : new Error(text);
  }
}

function neverSettled() {
  return new RuntimeError(
    'Runtime.NodeJsExit',
    'The Lambda runtime client detected an unexpected Node.js exit code. This is most commonly caused by a Promise that was never settled. For more information, see https://nodejs.org/docs/latest/api/process.html#exit-codes',
  );
}
