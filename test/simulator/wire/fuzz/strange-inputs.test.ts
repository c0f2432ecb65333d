import { createRequire } from 'node:module';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { wireServices } from '../../../../simulator/models.ts';
import { createSimulator, type Simulator } from '../../../../simulator/simulator.ts';
import { loadConstraints } from '../../../../simulator/wire/constraints/constraint-file.ts';
import type { WireService } from '../../../../simulator/wire/operation.ts';
import { serviceDescriptions } from '../../../../simulator/wire/service-description.ts';
import { loadServiceSchemas } from '../../../../simulator/wire/service-schemas.ts';
import { anyInput } from './any-input.ts';
import { furnish } from './furnish.ts';

/** How many inputs each operation gets; a run by hand with more found the mistakes that tests now cover. */
const inputsPerOperation = 3;
const seed = 20_261_121;

interface SdkClient {
  send(command: object): Promise<object>;
  destroy(): void;
}
type SdkModule = Record<string, new (options: object) => SdkClient>;

const load = createRequire(import.meta.url);
let simulator: Simulator;
let client: object;
beforeAll(async () => {
  simulator = await createSimulator({ settings: { requestQuotas: false, checkResponses: true } });
  client = {
    endpoint: simulator.endpoint,
    region: 'us-east-1',
    credentials: { accessKeyId: 'a', secretAccessKey: 'b' },
    maxAttempts: 1,
    forcePathStyle: true,
    useQueueUrlAsEndpoint: false,
  };
  await furnish({ client: client as never });
});
afterAll(() => simulator.stop());

describe.each(serviceDescriptions().map(({ name }) => name))('%s', (name) => {
  it('answers whatever an operation is given, and never with a mistake of its own', async () => {
    const { models, world } = simulator;
    const service = wireServices(models, world).find((each) => each.name === name);
    const failures = service ? await strain(service) : ['not simulated'];
    expect(failures).toEqual([]);
  });
});

async function strain({ name, operations }: WireService): Promise<string[]> {
  const sdk = load(`@aws-sdk/client-${name}`) as SdkModule;
  const className = Object.keys(sdk).find((each) => /^[A-Z]\w*Client$/.test(each)) ?? '';
  const Client = sdk[className] as SdkModule[string];
  const constraints = loadConstraints(name);
  const schemas = loadServiceSchemas(name).operations;
  const failures: string[] = [];
  const caller = new Client(client);
  for (const [operation, { members }] of Object.entries(operations)) {
    const schema = schemas.get(operation);
    const Command = sdk[`${operation}Command`];
    // Sent to a host of its own, which has no address here.
    if (!schema || !Command || operation === 'StartSyncExecution') continue;
    const shape = constraints.operations[operation]?.input;
    const inputs = fc.sample(anyInput(schema.input, constraints, shape, 4), {
      numRuns: inputsPerOperation,
      seed,
    });
    for (const input of inputs) {
      const kept = Object.entries(input as object).filter(
        ([member]) => members.includes(member) && member !== 'ContentLength',
      );
      const given = Object.fromEntries(kept);
      const code = await caller.send(new Command(given)).catch((error: Error) => error.name);
      if (code === 'InternalFailure') failures.push(`${operation} ${JSON.stringify(given)}`);
    }
  }
  caller.destroy();
  return failures;
}
