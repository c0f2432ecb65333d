import {
  CreateFunctionCommand,
  type CreateFunctionCommandInput,
  InvokeCommand,
} from '@aws-sdk/client-lambda';
import { type LambdaClientFixture, newFunction } from './lambda-client-fixture.ts';

export const functionArn = 'arn:aws:lambda:eu-west-1:111122223333:function:shop';

/** Requests that tests of functions send again and again, for the function `shop`. */
export function functionRequests(lambda: () => LambdaClientFixture) {
  return {
    /** Creates it and lets it become Active. */
    create: async (change: Partial<CreateFunctionCommandInput> = {}) => {
      const created = await lambda().client.send(
        new CreateFunctionCommand({ ...newFunction('shop'), ...change }),
      );
      await lambda().world.clock.sleep(2_000);
      return created;
    },
    /** What the function returns. */
    invoke: async (payload: unknown = {}) => {
      const { Payload } = await lambda().client.send(
        new InvokeCommand({ FunctionName: 'shop', Payload: JSON.stringify(payload) }),
      );
      return JSON.parse(Payload?.transformToString() ?? 'null');
    },
  };
}
