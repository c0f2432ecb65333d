import type http from 'node:http';
import { ControlRefusal } from './control-operation.ts';

/** Templates are the largest bodies; CloudFormation takes 1 MB. */
const limitBytes = 16 * 1024 * 1024;

/** The JSON body of a control request; none counts as `{}`. Throws ControlRefusal. */
export async function readControlBody(request: http.IncomingMessage): Promise<unknown> {
  const parts: Buffer[] = [];
  let length = 0;
  for await (const part of request) {
    length += (part as Buffer).length;
    if (length > limitBytes) {
      throw new ControlRefusal(`The body is larger than ${limitBytes} bytes`, 413);
    }
    parts.push(part as Buffer);
  }
  const text = Buffer.concat(parts).toString('utf8');
  if (text.trim() === '') return {};
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new ControlRefusal(`The body is not JSON: ${(error as Error).message}`);
  }
}
