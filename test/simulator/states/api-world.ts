import http from 'node:http';
import { CreateStateMachineCommand, SFNClient } from '@aws-sdk/client-sfn';
import { onTestFinished } from 'vitest';
import { listenOnLoopback } from '../../../simulator/server/listen.ts';
import { statesWire } from '../../../simulator/states/wire.ts';
import { createWireHandler } from '../../../simulator/wire/wire-handler.ts';
import { type FakeFunction, roleArn, workflowWorld } from './workflow-world.ts';

/** The API of Step Functions alone, over the wire; definitions are checked when `parse` is given. */
export async function apiWorld(
  functions: Record<string, FakeFunction> = {},
  parse?: Parameters<typeof workflowWorld>[1],
) {
  const base = workflowWorld(functions, parse);
  const handle = createWireHandler(base.world, [statesWire(base.model, base.world)]);
  const server = http.createServer((request, response) => void handle(request, response));
  const port = await listenOnLoopback(server, 0);
  const client = new SFNClient({
    endpoint: `http://127.0.0.1:${port}`,
    region: 'eu-west-1',
    credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
    maxAttempts: 1,
  });
  // StartSyncExecution and TestState go to a host with the prefix `sync-`, which an address cannot have.
  client.middlewareStack.add(
    (next) => (args) => {
      const request = args.request as { hostname: string };
      request.hostname = request.hostname.replace(/^sync-/, '');
      return next(args);
    },
    { step: 'finalizeRequest', priority: 'low' },
  );
  onTestFinished(() => {
    client.destroy();
    server.closeAllConnections();
    server.close();
  });
  const createMachine = (
    states: object,
    fields: Partial<CreateStateMachineCommand['input']> = {},
  ) => {
    const definition = JSON.stringify({ StartAt: Object.keys(states)[0], States: states });
    return client.send(
      new CreateStateMachineCommand({ name: 'deploy', definition, roleArn, ...fields }),
    );
  };
  return { ...base, client, createMachine };
}

/** A machine that answers `result`. */
export const answering = (result: unknown) => ({
  Answer: { Type: 'Pass', Result: result, End: true },
});
