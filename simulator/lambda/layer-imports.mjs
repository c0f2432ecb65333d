/** Module hooks: bare imports of ES modules are looked for in NODE_PATH as well, as Lambda's Node.js does. */
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';

let parents = [];

/** `folders` are those of NODE_PATH. */
export function initialize(folders) {
  parents = folders
    .filter((folder) => folder.endsWith('node_modules'))
    .map((folder) => pathToFileURL(join(dirname(folder), 'any.mjs')).href);
}

export async function resolve(specifier, context, next) {
  try {
    return await next(specifier, context);
  } catch (error) {
    if (error?.code !== 'ERR_MODULE_NOT_FOUND' || !/^[@\w]/.test(specifier)) throw error;
    for (const parentURL of parents) {
      const found = await next(specifier, { ...context, parentURL }).catch(() => undefined);
      if (found) return found;
    }
    throw error;
  }
}
