import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { IamModel } from '../../../simulator/iam/model.ts';
import { SecretsManagerModel } from '../../../simulator/secretsmanager/model.ts';
import { SsmModel } from '../../../simulator/ssm/model.ts';
import { EcsFixture } from './ecs-fixture.ts';
import { basics, createExecutionRole } from './execution-role.ts';

let fixture: EcsFixture;
let secrets: SecretsManagerModel;
let ssm: SsmModel;
let iam: IamModel;
beforeEach(() => {
  fixture = new EcsFixture();
  const { world } = fixture;
  secrets = new SecretsManagerModel(world);
  ssm = new SsmModel(world);
  iam = new IamModel(world);
  world.provide('secretsmanager', secrets);
  world.provide('ssm', ssm);
  world.provide('iam', iam);
  createExecutionRole(iam, [{ Effect: 'Allow', Action: '*', Resource: '*' }]);
});
afterEach(() => fixture.stop());

const role = 'arn:aws:iam::111122223333:role/execution';
const prefix =
  'ResourceInitializationError: unable to pull secrets or registry auth: execution resource retrieval failed: ';
const asm = `${prefix}unable to retrieve secret from asm: service call has been retried 1 time(s): `;

/** A service whose container has one secret, SECRET. */
const serviceWith = (valueFrom: string, image = fixture.image('v1')) =>
  fixture.service(
    fixture.taskDefinition(
      { image, secrets: [{ name: 'SECRET', valueFrom }] },
      { executionRoleArn: role },
    ),
  );

async function valueSeen(valueFrom: string): Promise<unknown> {
  const listener = await fixture.listener();
  serviceWith(valueFrom);
  await fixture.until(() => fixture.view(taskSetId())?.stabilityStatus === 'STEADY_STATE');
  const { body } = await fixture.get(listener);
  return (JSON.parse(body) as { env: Record<string, string> }).env.SECRET;
}
const taskSetId = () => fixture.model.service('sample', 'shop')?.taskSets[0]?.id ?? '';

async function stopCause(valueFrom: string) {
  const service = serviceWith(valueFrom);
  await fixture.until(() => fixture.tasks(service)[0]?.lastStatus === 'STOPPED');
  return fixture.tasks(service)[0];
}

describe('secrets of a container', () => {
  it.each([
    ['a whole secret by its ARN', (arn: string) => arn, '{"user":"shop","port":5432}'],
    [
      'a whole secret by its ARN without suffix',
      (arn: string) => arn.slice(0, -7),
      '{"user":"shop","port":5432}',
    ],
    ['a text key', (arn: string) => `${arn}:user::`, 'shop'],
    ['a number key', (arn: string) => `${arn}:port::`, '5432'],
    ['a key of the previous version', (arn: string) => `${arn}:user:AWSPREVIOUS:`, 'old'],
  ])('%s becomes an environment variable', async (_case, reference, expected) => {
    const { secret } = secrets.create({ name: 'db', secretString: '{"user":"old"}' });
    secrets.putValue(secret, { secretString: '{"user":"shop","port":5432}' });
    expect(await valueSeen(reference(secret.arn))).toBe(expected);
  });

  it.each(['/shop/key', 'arn:aws:ssm:eu-west-1:111122223333:parameter/shop/key'])(
    'the parameter %s becomes an environment variable, decrypted',
    async (valueFrom) => {
      ssm.put({ Name: '/shop/key', Value: 'hunter2', Type: 'SecureString' });
      expect(await valueSeen(valueFrom)).toBe('hunter2');
    },
  );

  it('that is missing keeps the task from starting, before any image is pulled', async () => {
    const arn = 'arn:aws:secretsmanager:eu-west-1:111122223333:secret:none-AbCdEf';
    const task = await stopCause(`${arn}:user::`);
    expect(task?.stopCause).toEqual({
      code: 'TaskFailedToStart',
      reason: `${asm}failed to fetch secret ${arn} from secrets manager: ResourceNotFoundException: Secrets Manager can't find the specified secret.`,
    });
    expect(task?.containers[0]?.reason).toBeUndefined();
    expect(fixture.pulls).toEqual([]);
  });

  it('whose parameter is missing names the parameter', async () => {
    const task = await stopCause('/shop/none');
    expect(task?.stopCause).toEqual({
      code: 'TaskFailedToStart',
      reason: `${prefix}unable to retrieve secrets from ssm: service call has been retried 1 time(s): invalid ssm parameters: /shop/none`,
    });
  });

  it('whose key is missing names the key', async () => {
    const { secret } = secrets.create({ name: 'db', secretString: '{"user":"shop"}' });
    const task = await stopCause(`${secret.arn}:password::`);
    expect(task?.stopCause?.reason).toBe(
      `${asm}retrieved secret from Secrets Manager did not contain json key password`,
    );
  });

  it('that is marked for deletion cannot be read', async () => {
    const { secret } = secrets.create({ name: 'db', secretString: 'x' });
    secrets.delete(secret, 7);
    const task = await stopCause(secret.arn);
    expect(task?.stopCause?.reason).toContain('InvalidRequestException: You can');
  });
});

describe('the execution role', () => {
  const grant = (Resource: string) => {
    iam.role(role)?.inlinePolicies.clear();
    iam.deleteRole('execution');
    createExecutionRole(iam, [
      basics,
      { Effect: 'Allow', Action: 'secretsmanager:GetSecretValue', Resource },
    ]);
  };

  it('that may not read a secret keeps the task from starting', async () => {
    const { secret } = secrets.create({ name: 'db', secretString: 'x' });
    grant('arn:aws:secretsmanager:*:*:secret:other-*');
    const task = await stopCause(secret.arn);
    expect(task?.stopCause?.reason).toBe(
      `${asm}failed to fetch secret ${secret.arn} from secrets manager: AccessDeniedException: User: arn:aws:sts::111122223333:assumed-role/execution/${task?.id} is not authorized to perform: secretsmanager:GetSecretValue on resource: ${secret.arn} because no identity-based policy allows the secretsmanager:GetSecretValue action`,
    );
  });

  it('may name the secret by its full ARN while the task names it without suffix', async () => {
    const { secret } = secrets.create({ name: 'db', secretString: 'x' });
    grant(`${secret.arn.slice(0, -6)}??????`);
    expect(await valueSeen(secret.arn.slice(0, -7))).toBe('x');
  });

  it('must be given when a container has secrets', () => {
    const register = () =>
      fixture.taskDefinition(
        { secrets: [{ name: 'SECRET', valueFrom: '/shop/key' }] },
        { executionRoleArn: undefined },
      );
    expect(register).toThrow(/must also specify a value for 'executionRoleArn'/);
  });
});

it('an image of another architecture runs into an exec format error in its log', async () => {
  const image = fixture.image('v1');
  const service = fixture.service(
    fixture.taskDefinition(
      {
        image,
        logConfiguration: {
          logDriver: 'awslogs',
          options: {
            'awslogs-group': '/shop',
            'awslogs-region': 'eu-west-1',
            'awslogs-stream-prefix': 'app',
          },
        },
      },
      { runtimePlatform: { cpuArchitecture: 'X86_64' } },
    ),
  );
  await fixture.until(() => fixture.tasks(service)[0]?.lastStatus === 'STOPPED');
  const [task] = fixture.tasks(service);
  expect(task?.stopCause).toEqual({
    code: 'EssentialContainerExited',
    reason: 'Essential container in task exited',
  });
  expect(task?.containers[0]?.exitCode).toBe(255);
  expect(fixture.logs.map(({ message }) => message)).toContain('exec node: exec format error');
});
