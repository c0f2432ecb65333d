import type { ContainerDefinition } from '@aws-sdk/client-ecs';
import { RunTaskCommand, StopTaskCommand } from '@aws-sdk/client-ecs';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { serverSource } from './ecs-fixture.ts';
import { EcsWire } from './ecs-wire.ts';

let ecs: EcsWire;
beforeEach(async () => {
  ecs = await EcsWire.start({ containerStopMs: 300 });
});
afterEach(() => ecs.stop());

const forever = 'setInterval(() => {}, 1000);';

/** A container whose program is this source. */
function container(
  name: string,
  source: string,
  more: Partial<ContainerDefinition> = {},
): ContainerDefinition {
  const options = {
    'awslogs-group': '/t',
    'awslogs-region': 'eu-west-1',
    'awslogs-stream-prefix': 't',
  };
  const logConfiguration = { logDriver: 'awslogs' as const, options };
  return { name, image: ecs.fixture.image(name, { source }), logConfiguration, ...more };
}

async function run(...containerDefinitions: ContainerDefinition[]): Promise<string> {
  const taskRoleArn = 'arn:aws:iam::111122223333:role/shop';
  const { tasks } = await ecs.client.send(
    new RunTaskCommand({
      cluster: 'sample',
      launchType: 'FARGATE',
      taskDefinition: ecs.fixture.taskDefinition({}, { containerDefinitions, taskRoleArn }),
      networkConfiguration: { awsvpcConfiguration: { subnets: ['subnet-a'] } },
    }),
  );
  return tasks?.[0]?.taskArn ?? '';
}
const stopped = (arn: string) => ecs.until(arn, ({ lastStatus }) => lastStatus === 'STOPPED');
const running = (arn: string) => ecs.until(arn, ({ lastStatus }) => lastStatus === 'RUNNING');
const printed = () => ecs.fixture.logs.map(({ message }) => message);
const nextLook = () => new Promise((resolve) => setImmediate(resolve));
const prints = async (line: string, times = 1) => {
  while (printed().filter((each) => each === line).length < times) await nextLook();
};

describe('container health checks', () => {
  const check = (command: string, more = {}) => ({
    healthCheck: { command: ['CMD-SHELL', command], interval: 10, retries: 2, ...more },
    portMappings: [{ containerPort: 8080 }],
  });

  it('run inside the task and make container and task HEALTHY', async () => {
    const arn = await run(
      container('app', serverSource, check('curl -f http://localhost:8080/health || exit 1')),
    );
    expect(await running(arn)).toMatchObject({ healthStatus: 'UNKNOWN' });
    const healthy = await ecs.until(arn, ({ healthStatus }) => healthStatus === 'HEALTHY');
    expect(healthy.containers).toMatchObject([{ name: 'app', healthStatus: 'HEALTHY' }]);
  });

  it('run the program of the image, with its environment', async () => {
    const script = `fetch('http://localhost:' + process.env.PORT).then((r) => process.exit(r.ok ? 0 : 1))`;
    const arn = await run(
      container('app', serverSource, {
        ...check(''),
        environment: [{ name: 'PORT', value: '8080' }],
        healthCheck: { command: ['CMD', 'node', '-e', script], interval: 5 },
      }),
    );
    const healthy = await ecs.until(arn, ({ healthStatus }) => healthStatus === 'HEALTHY');
    expect(healthy.containers).toMatchObject([{ name: 'app', healthStatus: 'HEALTHY' }]);
  });

  it('make a task UNHEALTHY that nobody replaces, and leave it running', async () => {
    const arn = await run(container('app', serverSource, check('wget -q localhost:9 || exit 1')));
    const task = await ecs.until(arn, ({ healthStatus }) => healthStatus === 'UNHEALTHY');
    expect(task).toMatchObject({ lastStatus: 'RUNNING', desiredStatus: 'RUNNING' });
  });

  it('make a service replace the task, after which it says why', async () => {
    await ecs.fixture.listener();
    const definition = container('app', serverSource, check('exit 1'));
    const service = ecs.fixture.service(
      ecs.fixture.taskDefinition({}, { containerDefinitions: [definition] }),
    );
    await ecs.fixture.until(() => service.tasks.size === 2);
    expect(ecs.fixture.tasks(service)[0]?.stopCause).toEqual({
      code: 'ServiceSchedulerInitiated',
      reason: 'Task failed container health checks',
    });
    expect(service.taskSets[0]?.stabilityStatus).toBe('STABILIZING');
  });
});

describe('dependencies among containers', () => {
  const dependsOn = (condition: 'COMPLETE' | 'SUCCESS' | 'HEALTHY' | 'START') => ({
    dependsOn: [{ containerName: 'first', condition }],
  });

  it('wait for success, and the task is RUNNING once all have started', async () => {
    const arn = await run(
      container('app', `console.log('app'); ${forever}`, dependsOn('SUCCESS')),
      container('first', `setTimeout(() => console.log('first'), 100);`, { essential: false }),
    );
    const task = await running(arn);
    expect(task.containers).toMatchObject([
      { name: 'app', lastStatus: 'RUNNING' },
      { name: 'first', lastStatus: 'STOPPED', exitCode: 0 },
    ]);
    await prints('app');
    expect(printed()).toEqual(['first', 'app']);
  });

  it('stop a task whose essential container can never start', async () => {
    const arn = await run(
      container('app', forever, dependsOn('SUCCESS')),
      container('first', 'process.exit(1);', { essential: false }),
    );
    const task = await stopped(arn);
    expect(task.stopCode).toBe('TaskFailedToStart');
    expect(task.containers).toMatchObject([
      {
        name: 'app',
        exitCode: 143,
        reason: expect.stringMatching(
          /dependency graph: .*\[first\(.*Exit: 1\] for target \[app\(/,
        ),
      },
      { name: 'first', exitCode: 1 },
    ]);
  });

  it('go on after a failure when only completion is asked for', async () => {
    const arn = await run(
      container('app', forever, dependsOn('COMPLETE')),
      container('first', 'process.exit(1);', { essential: false }),
    );
    expect(await running(arn)).toMatchObject({ desiredStatus: 'RUNNING' });
  });

  it('wait for health, as long as the dependency may take to start', async () => {
    const healthCheck = (command: string) => ({
      healthCheck: { command: ['CMD-SHELL', command], interval: 30 },
    });
    const good = await run(
      container('app', forever, dependsOn('HEALTHY')),
      container('first', forever, healthCheck('true')),
    );
    await running(good);
    const startedAtMs = ecs.fixture.world.clock.now();
    const bad = await run(
      container('app', forever, dependsOn('HEALTHY')),
      container('first', forever, { ...healthCheck('false'), startTimeout: 100 }),
    );
    const task = await stopped(bad);
    expect(task.stopCode).toBe('TaskFailedToStart');
    expect(task.containers?.[0]?.reason).toBe(
      'CannotStartContainerError: dependency graph: container ordering dependency [first] for target [app] has timed out.',
    );
    const seconds = (ecs.fixture.world.clock.now() - startedAtMs) / 1_000;
    expect(Math.round(seconds)).toBe(115);
  });

  it('end in the opposite order', async () => {
    const onTerm = (name: string) =>
      `process.on('SIGTERM', () => { console.log('end of ${name}'); process.exit(0); });
       console.log('ready'); ${forever}`;
    const arn = await run(
      container('app', onTerm('app'), dependsOn('START')),
      container('first', onTerm('first')),
    );
    await prints('ready', 2);
    await ecs.client.send(new StopTaskCommand({ cluster: 'sample', task: arn }));
    await stopped(arn);
    expect(printed().slice(-2)).toEqual(['end of app', 'end of first']);
  });

  it('share localhost', async () => {
    const ask = `fetch('http://localhost:8080/shared').then(async (r) => console.log((await r.json()).path));
      ${forever}`;
    await run(
      container('app', ask, dependsOn('START')),
      container('first', serverSource, { portMappings: [{ containerPort: 8080 }] }),
    );
    await prints('/shared');
    expect(printed()).toEqual(['listening', '/shared']);
  });
});

describe('a container of a task', () => {
  it('is killed beyond its memory, with the reason that AWS gives', async () => {
    const arn = await run(
      container('app', 'const k = []; setInterval(() => k.push(Buffer.alloc(8e6, 1)), 5);', {
        memory: 160,
      }),
    );
    expect(await stopped(arn)).toMatchObject({
      stopCode: 'EssentialContainerExited',
      containers: [
        { exitCode: 137, reason: 'OutOfMemoryError: Container killed due to memory usage' },
      ],
    });
  });

  it('is killed when it ignores SIGTERM', async () => {
    const arn = await run(
      container('app', `process.on('SIGTERM', () => {}); console.log('up'); ${forever}`),
    );
    await prints('up');
    await ecs.client.send(new StopTaskCommand({ cluster: 'sample', task: arn }));
    expect(await stopped(arn)).toMatchObject({
      stopCode: 'UserInitiated',
      stoppedReason: 'Task stopped by user',
      containers: [{ exitCode: 137 }],
    });
  });

  it('reads environment files from S3, which its own environment overrides', async () => {
    const text = '# settings\nMODE=file\nCOLOR=green\nEMPTY\n';
    ecs.fixture.objects.set('settings/shop.env', new TextEncoder().encode(text));
    const environmentFiles = [{ type: 's3' as const, value: 'arn:aws:s3:::settings/shop.env' }];
    const source = 'console.log(process.env.MODE, process.env.COLOR, process.env.EMPTY);';
    const environment = [{ name: 'MODE', value: 'own' }];
    await stopped(await run(container('app', source, { environmentFiles, environment })));
    expect(printed()).toEqual(['own green undefined']);
    const missing = [{ type: 's3' as const, value: 'arn:aws:s3:::settings/none.env' }];
    const arn = await run(container('app', source, { environmentFiles: missing }));
    expect((await stopped(arn)).stoppedReason).toMatch(
      /^ResourceInitializationError: failed to download env files: .*none\.env/,
    );
  });

  it('does not start without its log group, unless the driver may create it', async () => {
    const options = {
      'awslogs-group': '/missing',
      'awslogs-region': 'eu-west-1',
      'awslogs-stream-prefix': 't',
    };
    const logging = (more = {}) => ({
      logConfiguration: { logDriver: 'awslogs' as const, options: { ...options, ...more } },
    });
    const refused = await stopped(await run(container('app', 'console.log(1)', logging())));
    expect(refused).toMatchObject({
      stopCode: 'TaskFailedToStart',
      stoppedReason: expect.stringMatching(
        /^ResourceInitializationError: failed to validate logger args: .*The specified log group does not exist\./,
      ),
    });
    const created = logging({ 'awslogs-create-group': 'true' });
    await stopped(await run(container('app', 'console.log(2)', created)));
    expect(printed()).toEqual(['2']);
  });

  it('learns who it is from the metadata endpoint, and its role from the credentials endpoint', async () => {
    const source = `const read = async (url) => (await fetch(url)).json();
      const uri = process.env.ECS_CONTAINER_METADATA_URI_V4;
      const own = await read(uri); const task = await read(uri + '/task');
      const role = await read('http://169.254.170.2' + process.env.AWS_CONTAINER_CREDENTIALS_RELATIVE_URI);
      console.log(JSON.stringify([own.Name, own.KnownStatus, task.TaskARN, task.Family, task.Revision]));
      console.log(role.RoleArn, typeof role.Token, (await fetch(uri + '/stats')).status);`;
    const arn = await run(container('app', source));
    await stopped(arn);
    expect(printed()).toEqual([
      JSON.stringify(['app', 'RUNNING', arn, 'shop', '1']),
      'arn:aws:iam::111122223333:role/shop string 404',
    ]);
  });

  it('has files of its own: what one task writes no other sees', async () => {
    const source = `import { existsSync, writeFileSync } from 'node:fs';
      console.log(existsSync('mark')); writeFileSync('mark', 'x');
      console.log((await import('node:os')).tmpdir().startsWith('/tmp/greengate-ecs-'));`;
    const definition = container('app', source);
    await stopped(await run(definition));
    await stopped(await run(definition));
    expect(printed()).toEqual(['false', 'true', 'false', 'true']);
  });
});
