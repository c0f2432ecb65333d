import { existsSync } from 'node:fs';
import { register } from 'node:module';
import { basename, delimiter, dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { RuntimeError } from './runtime-errors.mjs';

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
    throw new RuntimeError(
      'Runtime.ImportModuleError',
      `Error: Cannot find module '${name}'\nRequire stack:\n- /var/runtime/index.mjs`,
    );
  }
  importFromLayers();
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
      'ERROR: AWS Lambda has removed support for callback-based function handlers starting with Node.js 24. You need to modify this function to use a supported handler signature to use Node.js 24 or later. For more information see https://docs.aws.amazon.com/lambda/latest/dg/nodejs-handler.html.',
    );
  }
  return handler;
}

/**
 * Node.js looks into NODE_PATH for CommonJS only, Lambda's for ES modules too ("Node.js 18.x runtime now
 * available in AWS Lambda", AWS Compute Blog). The hooks take a thread, so only layers bring them in.
 */
function importFromLayers() {
  const folders = (process.env.NODE_PATH ?? '').split(delimiter);
  if (!folders.some((folder) => folder.endsWith(join('nodejs', 'node_modules')))) return;
  register('./layer-imports.mjs', import.meta.url, { data: folders });
}

/** CommonJS exports that Node.js does not see by reading the file are those of its default. */
function exportOf(module, path) {
  const walk = (from) => path.reduce((value, name) => value?.[name], from);
  return walk(module) ?? walk(module.default);
}

/**
 * Names the two errors that the runtime names; a missing import of an ES module is not among them and stays
 * what Node.js throws. The stack of a syntax error says where it is.
 */
async function importModule(path) {
  try {
    return await import(pathToFileURL(path).href);
  } catch (error) {
    if (error instanceof SyntaxError) {
      const named = new RuntimeError('Runtime.UserCodeSyntaxError', String(error));
      throw Object.assign(named, { stack: error.stack });
    }
    if (error?.code === 'MODULE_NOT_FOUND') {
      throw new RuntimeError('Runtime.ImportModuleError', String(error));
    }
    throw error;
  }
}
