import { once } from 'node:events';
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { LambdaClient } from '@aws-sdk/client-lambda';
import { lambdaWire } from '../../../simulator/lambda/wire.ts';
import { createWireHandler } from '../../../simulator/wire/wire-handler.ts';
import { createLambdaFixture, type LambdaFixture } from './lambda-fixture.ts';
import { zipOf } from './zip-fixture.ts';

export interface LambdaClientFixture extends LambdaFixture {
  readonly client: LambdaClient;
}

export const roleArn = 'arn:aws:iam::111122223333:role/function';

/** Input of CreateFunction for a CommonJS `index.js`. */
export function newFunction(name: string, source = 'exports.handler = async () => 1;') {
  return {
    FunctionName: name,
    Role: roleArn,
    Runtime: 'nodejs22.x',
    Handler: 'index.handler',
    Code: { ZipFile: zipOf([{ name: 'index.js', content: source }]) },
  } as const;
}

/** A Lambda fixture behind a server, with the SDK's client. */
export async function createLambdaClientFixture(): Promise<LambdaClientFixture> {
  const lambda = await createLambdaFixture();
  const handler = createWireHandler(lambda.world, [lambdaWire(lambda.model, lambda.world)]);
  const server = http.createServer((request, response) => void handler(request, response));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const client = new LambdaClient({
    endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    region: 'eu-west-1',
    credentials: { accessKeyId: 'rehearsal', secretAccessKey: 'rehearsal' },
    maxAttempts: 1,
  });
  return {
    ...lambda,
    client,
    stop: async () => {
      client.destroy();
      server.closeAllConnections();
      server.close();
      await lambda.stop();
    },
  };
}
