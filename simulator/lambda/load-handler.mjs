import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

class RuntimeError extends Error {
  constructor(name, message) {
    super(message);
    this.name = name;
  }
}

/** Imports `FILE.EXPORT` from the task root; throws with the error types that Lambda's runtime uses. */
export async function loadHandler(taskRoot, handlerName) {
  const match = /^(.+)\.([^./]+)$/.exec(handlerName);
  if (!match) throw new RuntimeError('Runtime.MalformedHandlerName', 'Bad handler');
  const [, file, exportName] = match;
  const path = ['.mjs', '.js']
    .map((end) => join(taskRoot, file + end))
    .find((it) => existsSync(it));
  if (!path) {
    throw new RuntimeError('Runtime.ImportModuleError', `Error: Cannot find module '${file}'`);
  }
  const handler = (await importModule(path))[exportName];
  if (handler === undefined) {
    throw new RuntimeError(
      'Runtime.HandlerNotFound',
      `${file}.${exportName} is undefined or not exported`,
    );
  }
  if (typeof handler !== 'function') {
    throw new RuntimeError('Runtime.HandlerNotFound', `${file}.${exportName} is not a function`);
  }
  if (handler.length > 2) {
    // nodejs24.x dropped callbacks (aws-facts 6); refused on every runtime, as nothing here needs them.
    throw new RuntimeError(
      'Runtime.CallbackHandlerDeprecated',
      `${file}.${exportName} takes a callback; only async handlers are supported`,
    );
  }
  return handler;
}

async function importModule(path) {
  try {
    return await import(pathToFileURL(path).href);
  } catch (error) {
    if (error instanceof SyntaxError) {
      throw new RuntimeError('Runtime.UserCodeSyntaxError', `SyntaxError: ${error.message}`);
    }
    if (error?.code === 'ERR_MODULE_NOT_FOUND' || error?.code === 'MODULE_NOT_FOUND') {
      throw new RuntimeError('Runtime.ImportModuleError', `Error: ${error.message}`);
    }
    throw error;
  }
}
