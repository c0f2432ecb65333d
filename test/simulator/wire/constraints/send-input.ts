import { createRequire } from 'node:module';
import type { ServiceName } from '../../../../simulator/wire/operation.ts';
import type { SimulatedAws } from '../simulated-aws.ts';

export interface Refusal {
  readonly code: string;
  readonly message: string;
}

type SdkClass = new (
  options: object,
) => { send(command: object): Promise<object>; destroy(): void };

const load = createRequire(import.meta.url);

/** Sends an input, valid or not, with the service's SDK client; undefined when it is accepted. */
export async function sendInput(
  aws: Pick<SimulatedAws, 'client'>,
  service: ServiceName,
  operation: string,
  input: object,
): Promise<Refusal | undefined> {
  const sdk = load(`@aws-sdk/client-${service}`) as Record<string, SdkClass>;
  const name = Object.keys(sdk).find((each) => /^[A-Z]\w*Client$/.test(each)) ?? '';
  const [Client, Command] = [sdk[name], sdk[`${operation}Command`]];
  if (!Client || !Command) throw new Error(`The SDK has no ${service}:${operation}`);
  const client = new Client({ ...aws.client, forcePathStyle: true });
  try {
    await client.send(new Command(input));
    return undefined;
  } catch (error) {
    const { name: code, message } = error as Error;
    return { code, message };
  } finally {
    client.destroy();
  }
}
