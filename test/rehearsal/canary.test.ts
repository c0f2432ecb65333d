import { fileURLToPath } from 'node:url';
import { CreateSecretCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { GetExecutionHistoryCommand, ListExecutionsCommand } from '@aws-sdk/client-sfn';
import { PutParameterCommand, SSMClient } from '@aws-sdk/client-ssm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { clientOptions } from '../../cli/rehearsal/client-options.ts';
import { findCanaries } from '../support/canary/find-canary.ts';
import { type OpenSample, openSample } from '../support/simulator/open-sample.ts';

const limitMs = 240_000;
const workload = fileURLToPath(new URL('../support/canary', import.meta.url));

/** In each secret stands one of these, which no encoding of letters and digits changes but base64. */
const canaries = {
  secretsManager: 'k9QzCANARYsm41',
  parameter: 'w7TnCANARYpm52',
  databasePassword: 'r3VbCANARYdb63',
  apiToken: 'h5LmCANARYat74',
  session: 'j8XcCANARYst85',
};
const all = Object.values(canaries);
/** Characters that JSON, HTML, URLs and headers each spell in another way. */
const around = (canary: string) => `p%4/"${canary}'<&+=\\ ü~z`;
const secretToken = around(canaries.secretsManager);
const parameter = `v/"${canaries.parameter}<&+=z`;

const environment = [
  { name: 'DATABASE_URL', value: `postgres://shop:${canaries.databasePassword}@db.example/shop` },
  { name: 'API_TOKEN', value: canaries.apiToken },
  { name: 'SESSION_TOKEN', value: canaries.session },
];

const inEnvironment = [canaries.databasePassword, canaries.apiToken];

let sample: OpenSample;

const isServiceLog = (group: string) => group.startsWith('/ecs/');

function logsOf(isWanted: (group: string) => boolean): [string, string][] {
  return sample.simulator.models.logs
    .groups()
    .filter(({ name }) => isWanted(name))
    .flatMap(({ name, streams }) =>
      [...streams.values()].map((stream): [string, string] => [
        `log ${name}`,
        stream.events.map(({ message }) => message).join('\n'),
      ]),
    );
}

async function histories(): Promise<[string, string][]> {
  const listed = await sample.states.send(
    new ListExecutionsCommand({ stateMachineArn: sample.stateMachineArn }),
  );
  const all = (listed.executions ?? []).map(async ({ executionArn, name }) => {
    const command = new GetExecutionHistoryCommand({ executionArn, maxResults: 1_000 });
    const { events } = await sample.states.send(command);
    return [`history ${name}`, JSON.stringify(events)] satisfies [string, string];
  });
  return Promise.all(all);
}

function objects(): [string, string][] {
  return sample.simulator.models.s3
    .buckets()
    .flatMap((bucket) => bucket.current())
    .map(({ key, body }) => [`object ${key}`, Buffer.from(body).toString()]);
}

/** Everything that anybody sees who may read logs, records, notifications, events or executions, by where it is. */
async function everythingVisible(): Promise<[string, string][]> {
  const { entries } = sample.simulator.world.journal;
  return [
    ...logsOf((group) => !isServiceLog(group)),
    ...objects(),
    ...(await histories()),
    ...entries.map((entry): [string, string] => [`journal ${entry.kind}`, JSON.stringify(entry)]),
  ];
}

function leaks(seen: readonly [string, string][], sought: readonly string[]): string[] {
  return seen.flatMap(([place, text]) =>
    findCanaries(text, sought).map((canary) => `${canary} in ${place}`),
  );
}

beforeAll(async () => {
  sample = await openSample(undefined, { workload, configFile: `${workload}/greengate.yaml` });
  const options = clientOptions(sample.simulator);
  await new SecretsManagerClient(options).send(
    new CreateSecretCommand({
      Name: 'shop/canary',
      SecretString: JSON.stringify({ token: secretToken, other: 'unrelated' }),
    }),
  );
  await new SSMClient(options).send(
    new PutParameterCommand({ Name: '/shop/canary', Type: 'SecureString', Value: parameter }),
  );
  for (const revision of sample.simulator.models.ecs.taskDefinitions.list({ family: 'shop' })) {
    const [container] = revision.document.containerDefinitions ?? [];
    container?.environment?.push(...environment);
  }
}, limitMs);

afterAll(() => sample?.stop());

describe('secrets', { timeout: limitMs }, () => {
  it('reach the service and nobody else, though it quotes them in every answer', async () => {
    const release = await sample.release('v2', { MODE: 'echo' });
    expect(release).toMatchObject({ outcome: 'rolled-back' });
    const { secretsManager, parameter: ssm, session } = canaries;
    const received = logsOf(isServiceLog).map(([, text]) => text);
    expect(findCanaries(received.join('\n'), all).toSorted()).toEqual(
      [secretsManager, ssm, session].toSorted(),
    );
    const report = objects().find(([key]) => key.endsWith('AfterAllowTestTraffic.json'))?.[1];
    for (const kept of ['secrets.token', 'secrets.parameter', 'captured.session']) {
      expect(report).toContain(`\${${kept}}`);
    }
    expect(leaks(await everythingVisible(), all)).toEqual([]);
  });

  it('of a container’s environment do not come along with its last words', async () => {
    const release = await sample.release('v3', { MODE: 'crash' });

    expect(release.reason).toContain(
      'last log line "cannot connect to ${environment.DATABASE_URL} with API_TOKEN=${environment.API_TOKEN}, that is ${environment.API_TOKEN}"',
    );
    const received = logsOf(isServiceLog).map(([, text]) => text);
    expect(findCanaries(received.join('\n'), all)).toEqual(expect.arrayContaining(inEnvironment));
    expect(leaks(await everythingVisible(), all)).toEqual([]);
  });

  it('that answer a waiting task are in its record and its history alone', async () => {
    const tokens = objects().flatMap(([key, text]) =>
      key.endsWith('task-token.json') ? [String(JSON.parse(text).taskToken)] : [],
    );
    expect(tokens).toHaveLength(2);

    const places = leaks(await everythingVisible(), tokens).map((leak) =>
      leak.replace(/^.* in /, '').replace(/d-\w+|shop-[\w-]+$/, 'ID'),
    );

    expect([...new Set(places)].toSorted()).toEqual([
      'history ID',
      'object deployments/ID/task-token.json',
    ]);
  });
});
