import type http from 'node:http';
import type { SimulatorControl } from './control.ts';
import {
  type ControlOperation,
  ControlRefusal,
  readMembers,
  type TextAnswer,
} from './control-operation.ts';
import { controlOperations } from './control-operations.ts';
import { describeControl } from './describe-control.ts';
import { readControlBody } from './read-control-body.ts';

export const controlPrefix = '/_greengate/';

/**
 * What AWS has no API for: the simulator's own state, time, settings and faults. Resolves to false for
 * paths that are not its own.
 */
export function createControlApi(
  control: SimulatorControl,
  operations: readonly ControlOperation[] = controlOperations,
) {
  return async (request: http.IncomingMessage, response: http.ServerResponse): Promise<boolean> => {
    const url = request.url ?? '/';
    if (url !== controlPrefix.slice(0, -1) && !url.startsWith(controlPrefix)) return false;
    try {
      const result = await answer(control, operations, request);
      if (isText(result)) send(response, 200, result.text, result.contentType);
      else send(response, 200, toJson(result ?? {}));
    } catch (error) {
      const status = error instanceof ControlRefusal ? error.status : 400;
      const message = error instanceof Error ? error.message : String(error);
      send(response, status, toJson({ message }));
    }
    if (!request.complete) request.resume();
    return true;
  };
}

async function answer(
  control: SimulatorControl,
  operations: readonly ControlOperation[],
  request: http.IncomingMessage,
): Promise<unknown> {
  const [path = '', search = ''] = (request.url ?? '').slice(controlPrefix.length).split('?', 2);
  if (path === '' && request.method === 'GET') return describeControl(operations);
  const found = find(operations, request.method ?? 'GET', path);
  if (!found) throw unknownOperation(operations, request.method ?? 'GET', path);
  const { operation, id } = found;
  const takesBody = operation.body !== undefined;
  const query = readMembers(
    operation.query,
    Object.fromEntries(new URLSearchParams(search)),
    'query',
  );
  const body = takesBody
    ? readMembers(operation.body, await readControlBody(request), 'body')
    : undefined;
  const run = async () => operation.run({ control, body, query, id, socket: request.socket });
  const { clock } = control.current().world;
  return operation.holdsClock
    ? await clock.during(`control request ${request.method} ${path}`, run, 'call')
    : await run();
}

function find(
  operations: readonly ControlOperation[],
  method: string,
  path: string,
): { operation: ControlOperation; id: string } | undefined {
  const parts = path.split('/');
  for (const operation of operations) {
    const pattern = operation.path.split('/');
    const fits =
      operation.method === method &&
      pattern.length === parts.length &&
      pattern.every((part, index) => part === '{id}' || part === parts[index]);
    if (!fits) continue;
    const id = parts[pattern.indexOf('{id}')] ?? '';
    return { operation, id: decodeURIComponent(id) };
  }
  return undefined;
}

function unknownOperation(
  operations: readonly ControlOperation[],
  method: string,
  path: string,
): ControlRefusal {
  const names = operations.map((each) => `${each.method} ${controlPrefix}${each.path}`);
  return new ControlRefusal(
    `No control operation ${method} ${controlPrefix}${path}; there are ${names.join(', ')}`,
    404,
  );
}

function isText(result: unknown): result is TextAnswer {
  return typeof result === 'object' && result !== null && 'contentType' in result;
}

function toJson(value: unknown): string {
  return `${JSON.stringify(value, null, 2)}\n`;
}

function send(
  response: http.ServerResponse,
  status: number,
  body: string,
  contentType = 'application/json',
): void {
  response.writeHead(status, { 'content-type': contentType });
  response.end(body);
}
