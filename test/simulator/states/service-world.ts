import { CreateRoleCommand, IAMClient, PutRolePolicyCommand } from '@aws-sdk/client-iam';
import {
  CreateStateMachineCommand,
  DescribeExecutionCommand,
  GetExecutionHistoryCommand,
  SFNClient,
  StartExecutionCommand,
} from '@aws-sdk/client-sfn';
import { onTestFinished } from 'vitest';
import { createSimulator } from '../../../simulator/simulator.ts';

type ClientOf<T> = new (config: object) => T;

/** A whole simulator, for what a workflow does with other services. */
export async function serviceWorld() {
  const simulator = await createSimulator({ region: 'eu-west-1' });
  const clients: { destroy(): void }[] = [];
  onTestFinished(async () => {
    for (const one of clients) one.destroy();
    await simulator.stop();
  });
  const client = <T extends { destroy(): void }>(Client: ClientOf<T>): T => {
    const made = new Client({
      endpoint: simulator.endpoint,
      region: 'eu-west-1',
      credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
      maxAttempts: 1,
    });
    clients.push(made);
    return made;
  };
  const sfn = client(SFNClient);
  const iam = client(IAMClient);

  const role = async (name: string, actions: readonly string[], Condition?: object) => {
    const trust = {
      Version: '2012-10-17',
      Statement: [
        {
          Effect: 'Allow',
          Principal: { Service: 'states.amazonaws.com' },
          Action: 'sts:AssumeRole',
          Condition,
        },
      ],
    };
    const created = await iam.send(
      new CreateRoleCommand({ RoleName: name, AssumeRolePolicyDocument: JSON.stringify(trust) }),
    );
    const policy = {
      Version: '2012-10-17',
      Statement: [{ Effect: 'Allow', Action: actions, Resource: '*' }],
    };
    await iam.send(
      new PutRolePolicyCommand({
        RoleName: name,
        PolicyName: 'work',
        PolicyDocument: JSON.stringify(policy),
      }),
    );
    return created.Role?.Arn ?? '';
  };

  let machines = 0;
  const create = async (states: object, roleArn: string, fields: object = {}) => {
    const StartAt = Object.keys(states)[0];
    const definition = JSON.stringify({ StartAt, States: states, ...fields });
    const name = `machine-${++machines}`;
    const command = new CreateStateMachineCommand({ name, definition, roleArn });
    return (await sfn.send(command)).stateMachineArn ?? '';
  };
  const start = async (stateMachineArn: string, input: unknown = {}) => {
    const command = new StartExecutionCommand({ stateMachineArn, input: JSON.stringify(input) });
    return (await sfn.send(command)).executionArn ?? '';
  };
  const describe = (executionArn: string) =>
    sfn.send(new DescribeExecutionCommand({ executionArn }));
  const ended = async (executionArn: string) => {
    if (!simulator.models.states.executions.get(executionArn).ending) {
      await new Promise<void>((resolve) => {
        const stop = simulator.world.journal.subscribe((entry) => {
          if (entry.kind !== 'execution.ended' || entry.executionArn !== executionArn) return;
          stop();
          resolve();
        });
      });
    }
    const found = await describe(executionArn);
    return { ...found, output: JSON.parse(found.output ?? 'null') };
  };
  const run = async (states: object, roleArn: string, input?: unknown) =>
    ended(await start(await create(states, roleArn), input));
  const history = async (executionArn: string) =>
    (await sfn.send(new GetExecutionHistoryCommand({ executionArn }))).events ?? [];

  return { simulator, client, sfn, role, create, start, describe, ended, run, history };
}
