import { CreateStateMachineCommand, SFNClient } from '@aws-sdk/client-sfn';
import { onTestFinished } from 'vitest';
import { statesWire } from '../../../simulator/states/wire.ts';
import { serveWire } from '../../support/simulator/serve-wire.ts';
import { type FakeFunction, roleArn, workflowWorld } from './workflow-world.ts';

/** The API of Step Functions alone, over the wire; definitions are checked when `parse` is given. */
export async function apiWorld(
  functions: Record<string, FakeFunction> = {},
  parse?: Parameters<typeof workflowWorld>[1],
) {
  const base = workflowWorld(functions, parse);
  const server = await serveWire(base.world, [statesWire(base.model, base.world)]);
  const client = new SFNClient(server.client);
  // StartSyncExecution and TestState go to a host with the prefix `sync-`, which an address cannot have.
  client.middlewareStack.add(
    (next) => (args) => {
      const request = args.request as { hostname: string };
      request.hostname = request.hostname.replace(/^sync-/, '');
      return next(args);
    },
    { step: 'finalizeRequest', priority: 'low' },
  );
  onTestFinished(async () => {
    client.destroy();
    await server.stop();
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
