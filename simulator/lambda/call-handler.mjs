let whenEmpty;

/** True when a handler waits for the event loop to become empty; its answer is then settled. */
export function settleOnEmptyLoop() {
  const settle = whenEmpty;
  whenEmpty = undefined;
  settle?.();
  return settle !== undefined;
}

/**
 * Calls a handler as the runtime of its version does: nodejs24.x takes what it returns; earlier ones take a
 * promise or what it gives to its callback, and null when neither comes and nothing is left to do (Lambda
 * guide, "Define Lambda function handler in Node.js", Callback pattern).
 */
export function callHandler(handler, event, context) {
  if (process.env.AWS_EXECUTION_ENV === 'AWS_Lambda_nodejs24.x') return handler(event, context);
  return new Promise((resolve, reject) => {
    const finish = (error, result) => {
      const settle = () => (error ? reject(error) : resolve(result));
      if (context.callbackWaitsForEmptyEventLoop) whenEmpty = settle;
      else settle();
    };
    const returned = handler(event, context, finish);
    if (typeof returned?.then === 'function') {
      whenEmpty = undefined;
      returned.then(resolve, reject);
    } else whenEmpty ??= () => resolve(null);
  });
}
