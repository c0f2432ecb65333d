import http from 'node:http';
import { startService } from '../../simulator/workloads/corpus/start-service.mjs';

export interface Answer {
  readonly status: number;
  readonly headers: http.IncomingHttpHeaders;
  readonly body: string;
  readonly ms: number;
}

export interface Asked {
  readonly path?: string;
  readonly method?: string;
  readonly headers?: Record<string, string>;
}

export interface CorpusServices {
  /** What the containers ended with. */
  readonly exits: { readonly code: number; readonly reason: string }[];
  start(variant: string, environment?: Record<string, string>): Promise<CorpusService>;
  stop(): Promise<void>;
}

export interface CorpusService {
  readonly port: number;
  /** Rejects when no whole answer comes within 400 ms. */
  ask(asked?: Asked): Promise<Answer>;
  /** One after the other. */
  times(count: number, asked?: Asked): Promise<Answer[]>;
}

/** Starts variants of the corpus in this process. */
export function corpusServices(): CorpusServices {
  const stops: (() => Promise<void>)[] = [];
  const exits: { code: number; reason: string }[] = [];
  return {
    exits,
    stop: async () => {
      exits.splice(0);
      for (const stop of stops.splice(0)) await stop();
    },
    start: async (variant, environment = {}) => {
      const agent = new http.Agent({ keepAlive: true });
      const service = await startService({
        version: 'v2',
        variant,
        protocol: 'http',
        port: 0,
        seed: 'test',
        environment,
        exit: (code, reason) => void exits.push({ code, reason }),
        log: () => {},
      });
      stops.push(async () => {
        agent.destroy();
        await service.stop();
      });
      const ask = (asked: Asked = {}) => request(service.port, agent, asked);
      const times = async (count: number, asked?: Asked) => {
        const answers: Answer[] = [];
        for (let n = 0; n < count; n++) answers.push(await ask(asked));
        return answers;
      };
      return { ask, times, port: service.port };
    },
  };
}

function request(
  port: number,
  agent: http.Agent,
  { path = '/products', method = 'GET', headers = {} }: Asked,
): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const startedAtMs = performance.now();
    const options = { host: '127.0.0.1', port, path, method, headers, agent, timeout: 400 };
    const sent = http.request(options, (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.once('error', reject);
      response.once('end', () =>
        resolve({
          status: response.statusCode ?? 0,
          headers: response.headers,
          body: Buffer.concat(chunks).toString('utf8'),
          ms: performance.now() - startedAtMs,
        }),
      );
    });
    sent.once('timeout', () => sent.destroy(new Error('no answer')));
    sent.once('error', reject);
    sent.end();
  });
}
