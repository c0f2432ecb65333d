import { createRequire } from 'node:module';
import { describe, expect, it } from 'vitest';
import { serviceDescriptions } from '../../../simulator/wire/service-description.ts';
import { loadServiceSchemas } from '../../../simulator/wire/service-schemas.ts';

interface ProtocolSettings {
  readonly serviceTarget?: string;
  readonly version?: string;
  readonly xmlNamespace?: string;
}
interface AnyClient {
  readonly config: { readonly protocolSettings: ProtocolSettings };
}
type ClientConstructor = new (options: { region: string }) => AnyClient;

const load = createRequire(import.meta.url);

function protocolSettings(name: string): ProtocolSettings {
  const values = Object.values(load(`@aws-sdk/client-${name}`) as Record<string, unknown>);
  const Client = values.find(
    (value): value is ClientConstructor =>
      typeof value === 'function' && value.name.endsWith('Client') && value.name !== 'Client',
  );
  if (!Client) throw new Error(`No client in ${name}`);
  return new Client({ region: 'eu-west-1' }).config.protocolSettings;
}

describe.each([...serviceDescriptions()])('the description of $name', (description) => {
  it('agrees with the installed SDK client', () => {
    const settings = protocolSettings(description.name);
    expect(settings.serviceTarget).toBe(description.target);
    if (description.queryVersion) expect(settings.version).toBe(description.queryVersion);
    // SQS moved to JSON: its client has no namespace any more.
    if (description.xmlNamespace && settings.xmlNamespace) {
      expect(settings.xmlNamespace).toBe(description.xmlNamespace);
    }
  });

  it('leads to schemas with REST bindings exactly for REST services', () => {
    const operations = [...loadServiceSchemas(description.name).operations.values()];
    expect(operations.length).toBeGreaterThan(5);
    expect(operations.every(({ http }) => http !== undefined)).toBe(Boolean(description.rest));
  });
});
