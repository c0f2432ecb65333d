/** The separator that the runtime puts before an error's JSON. */
const fieldDelimiter = '\t';

/** An error of the runtime itself, by the name that its type has in answers: `Runtime.HandlerNotFound`. */
export class RuntimeError extends Error {
  constructor(name, message) {
    super(message);
    this.name = name;
  }
}

/** What a function leaves behind that rejects a promise and looks away. */
export class UnhandledPromiseRejection extends Error {
  static {
    UnhandledPromiseRejection.prototype.name = 'Runtime.UnhandledPromiseRejection';
  }

  constructor(reason, promise) {
    super(reason);
    this.reason = reason;
    this.promise = promise;
  }
}

/** The error shape Lambda returns for a failed Node.js function. */
export function errorShape(error) {
  if (!(error instanceof Error)) {
    return { errorType: typeof error, errorMessage: String(error), trace: [] };
  }
  return {
    errorType: error.name,
    errorMessage: error.message,
    trace: String(error.stack ?? '').split('\n'),
  };
}

/** What was thrown, as an Error: the runtime logs nothing else. */
export function intoError(thrown) {
  return thrown instanceof Error ? thrown : new Error(String(thrown));
}

/** The text form in logs: JSON with the members of each error that JSON.stringify leaves out. */
export function errorText(error) {
  try {
    return fieldDelimiter + JSON.stringify(error, (_, value) => withMembers(value));
  } catch {
    return fieldDelimiter + JSON.stringify(errorShape(error));
  }
}

function withMembers(value) {
  if (!(value instanceof Error)) return value;
  return {
    errorType: value.name,
    errorMessage: value.message,
    code: value.code,
    ...value,
    ...(typeof value.stack === 'string' && { stack: value.stack.split('\n') }),
  };
}
