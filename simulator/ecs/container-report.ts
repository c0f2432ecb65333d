import type { Readable } from 'node:stream';
import { z } from 'zod';
import { readContainerOutput } from './container-output.ts';

export interface ReportReader {
  readonly onListen: (containerPort: number, port: number) => void;
  readonly onOutOfMemory: () => void;
}

const port = z.int().min(1).max(65_535);
const message = z.union([
  z.object({ containerPort: port, port }),
  z.object({ outOfMemory: z.literal(true) }),
]);
/** More than any server opens; a workload that writes here itself must not fill the table. */
const mostPorts = 1_000;

/** Reads what the preload says about a container. The workload could write there as well: nonsense is dropped. */
export function readContainerReport(stream: Readable, reader: ReportReader): void {
  const ports = new Set<number>();
  stream.on('error', () => {});
  readContainerOutput(stream, (line) => {
    const { data } = message.safeParse(parse(line));
    if (!data) return;
    if ('outOfMemory' in data) {
      reader.onOutOfMemory();
    } else if (ports.size < mostPorts || ports.has(data.containerPort)) {
      ports.add(data.containerPort);
      reader.onListen(data.containerPort, data.port);
    }
  });
}

function parse(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}
