import https from 'node:https';
import { type Authority, issueCertificate } from '../../core/certificates.ts';
import type { SocketAddress } from '../../core/services.ts';
import type { World } from '../../core/world.ts';
import { listenOnLoopback } from '../../server/listen.ts';

/** A request that waits for its answer. */
export interface AwaitedResponse {
  /** Where the answer is to be put, as CloudFormation would show it. */
  readonly url: string;
  /** The body of the first answer. */
  readonly body: Promise<string>;
  /** Later answers are refused. */
  close(): void;
}

export interface ResponseSubject {
  readonly stackId: string;
  readonly logicalId: string;
  readonly requestId: string;
}

const httpsPort = 443;
/** More is read from nobody; CloudFormation itself takes 4096 bytes. */
const longestBody = 65_536;

/**
 * The bucket to whose presigned URLs custom resources put their answers: a server on loopback that the functions
 * of the simulated network reach under the bucket's own name. Signatures are not looked at.
 */
export class ResponseDesk {
  readonly #world: World;
  readonly #waiting = new Map<string, (body: string) => void>();
  #server: https.Server | undefined;
  #listening: Promise<SocketAddress> | undefined;

  constructor(world: World) {
    this.#world = world;
  }

  /** `authority` signs the server's certificate; functions trust it. */
  async open(subject: ResponseSubject, authority: Authority): Promise<AwaitedResponse> {
    this.#listening ??= this.#listen(authority);
    await this.#listening;
    const { stackId, logicalId, requestId } = subject;
    const path = `/${encodeURIComponent(`${stackId}|${logicalId}|${requestId}`).replaceAll('%2F', '/')}`;
    const expires = Math.floor(this.#world.clock.now() / 1_000) + 7_200;
    const body = new Promise<string>((resolve) => this.#waiting.set(path, resolve));
    return {
      url: `https://${this.#host}${path}?AWSAccessKeyId=AKIAIOSFODNN7EXAMPLE&Expires=${expires}&Signature=simulated`,
      body,
      close: () => this.#waiting.delete(path),
    };
  }

  async stop(): Promise<void> {
    await this.#listening;
    const server = this.#server;
    if (!server) return;
    const closed = new Promise<void>((resolve) => server.close(() => resolve()));
    server.closeAllConnections();
    await closed;
  }

  /** As in the requests of the user guide; us-east-1 is not part of the names of its buckets' hosts. */
  get #host(): string {
    const { region } = this.#world.identity;
    const place = region === 'us-east-1' ? 's3' : `s3.${region}`;
    const bucket = `cloudformation-custom-resource-response-${region.replaceAll('-', '')}`;
    return `${bucket}.${place}.amazonaws.com`;
  }

  async #listen(authority: Authority): Promise<SocketAddress> {
    const { certificatePem, privateKeyPem } = issueCertificate(authority, {
      dnsNames: [this.#host],
    });
    const server = https.createServer({ cert: certificatePem, key: privateKeyPem });
    server.on('request', (request, response) => {
      const chunks: Buffer[] = [];
      let length = 0;
      request.on('data', (chunk: Buffer) => {
        length += chunk.length;
        if (length > longestBody) request.destroy();
        else chunks.push(chunk);
      });
      request.on('end', () => {
        const path = (request.url ?? '').split('?')[0]?.replaceAll('%2F', '/') ?? '';
        const answer = request.method === 'PUT' ? this.#waiting.get(path) : undefined;
        this.#waiting.delete(path);
        response.writeHead(answer ? 200 : 403).end();
        answer?.(Buffer.concat(chunks).toString('utf8'));
      });
    });
    this.#server = server;
    const address = { host: '127.0.0.1', port: await listenOnLoopback(server, 0) };
    this.#world.network.route(this.#host, httpsPort, address);
    return address;
  }
}
