import { existsSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';

class RuntimeError extends Error {
  constructor(name, message) {
    super(message);
    this.name = name;
  }
}

/**
 * Imports the function that a handler such as `index.handler`, `folder/file.handler` or `index.routes.get`
 * names; throws with the error types that Lambda's runtime uses.
 */
export async function loadHandler(taskRoot, handlerName) {
  if (handlerName.includes('..')) {
    throw new RuntimeError(
      'Runtime.MalformedHandlerName',
      `'${handlerName}' is not a valid handler name. Use absolute paths when specifying root directories in handler names.`,
    );
  }
  const match = /^([^.]+)\.(.+)$/.exec(basename(handlerName));
  if (!match) throw new RuntimeError('Runtime.MalformedHandlerName', 'Bad handler');
  const [, name, exportPath] = match;
  const file = join(dirname(handlerName), name);
  const path = ['.js', '.mjs', '.cjs']
    .map((end) => join(taskRoot, file + end))
    .find((it) => existsSync(it));
  if (!path) {
    throw new RuntimeError('Runtime.ImportModuleError', `Error: Cannot find module '${file}'`);
  }
  const handler = exportOf(await importModule(path), exportPath.split('.'));
  if (handler === undefined) {
    throw new RuntimeError(
      'Runtime.HandlerNotFound',
      `${handlerName} is undefined or not exported`,
    );
  }
  if (typeof handler !== 'function') {
    throw new RuntimeError('Runtime.HandlerNotFound', `${handlerName} is not a function`);
  }
  if (handler.length > 2 && process.env.AWS_EXECUTION_ENV === 'AWS_Lambda_nodejs24.x') {
    // nodejs24.x dropped callbacks (aws-facts 6).
    throw new RuntimeError(
      'Runtime.CallbackHandlerDeprecated',
      `${handlerName} takes a callback; only async handlers are supported`,
    );
  }
  return handler;
}

/** CommonJS exports that Node.js does not see by reading the file are those of its default. */
function exportOf(module, path) {
  const walk = (from) => path.reduce((value, name) => value?.[name], from);
  return walk(module) ?? walk(module.default);
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
