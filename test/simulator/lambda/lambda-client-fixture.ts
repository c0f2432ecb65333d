import { LambdaClient } from '@aws-sdk/client-lambda';
import { lambdaWire } from '../../../simulator/lambda/wire.ts';
import { serveWire } from '../../support/simulator/serve-wire.ts';
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
  const server = await serveWire(lambda.world, [lambdaWire(lambda.model, lambda.world)]);
  const client = new LambdaClient(server.client);
  return {
    ...lambda,
    client,
    stop: async () => {
      client.destroy();
      await server.stop();
      await lambda.stop();
    },
  };
}
