import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import {
  type ContainerDefinition,
  type RegisterTaskDefinitionCommandInput,
  RunTaskCommand,
  StopTaskCommand,
} from '@aws-sdk/client-ecs';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { EcsWire } from './ecs-wire.ts';

let ecs: EcsWire;
beforeEach(async () => {
  ecs = await EcsWire.start({ containerStopMs: 300 });
});
afterEach(() => ecs.stop());

const options = {
  'awslogs-group': '/t',
  'awslogs-region': 'eu-west-1',
  'awslogs-stream-prefix': 't',
};

function container(name: string, source: string, more: Partial<ContainerDefinition> = {}) {
  return {
    name,
    image: ecs.fixture.image(name, { source }),
    logConfiguration: { logDriver: 'awslogs' as const, options },
    ...more,
  };
}

async function run(
  containerDefinitions: ContainerDefinition[],
  volumes: RegisterTaskDefinitionCommandInput['volumes'] = [{ name: 'scratch' }],
): Promise<string> {
  const taskDefinition = ecs.fixture.taskDefinition({}, { containerDefinitions, volumes });
  const { tasks } = await ecs.client.send(
    new RunTaskCommand({
      cluster: 'sample',
      launchType: 'FARGATE',
      taskDefinition,
      networkConfiguration: { awsvpcConfiguration: { subnets: ['subnet-a'] } },
    }),
  );
  return tasks?.[0]?.taskArn ?? '';
}
const stopped = (arn: string) => ecs.until(arn, ({ lastStatus }) => lastStatus === 'STOPPED');
const printed = () => ecs.fixture.logs.map(({ message }) => message);
const at = (containerPath: string, readOnly?: boolean) => ({
  mountPoints: [{ sourceVolume: 'scratch', containerPath, readOnly }],
});

/** Ends before the others start. */
const first = { essential: false };
const then = (containerName: string) => ({
  dependsOn: [{ containerName, condition: 'SUCCESS' as const }],
});

// "To provide an empty data volume for one or more containers" (developer guide, bind mount examples).
describe('a volume of a task', () => {
  it('is one folder for its containers, each at its own path, and read-only where it says so', async () => {
    const writer = `
      import { writeFileSync } from 'node:fs';
      writeFileSync('/data/note', 'shared');`;
    const reader = `
      import { readFileSync, writeFileSync } from 'node:fs';
      import { writeFile } from 'node:fs/promises';
      console.log(readFileSync('/in/note', 'utf8'), readFileSync('../in/note', 'utf8'));
      try { writeFileSync('/in/note', ''); } catch ({ code, message }) { console.log(code, message); }
      await writeFile('../in/other', '').catch(({ code }) => console.log(code));`;
    await stopped(
      await run([
        container('writer', writer, { ...first, ...at('/data') }),
        container('reader', reader, { ...then('writer'), ...at('/in', true) }),
      ]),
    );
    expect(printed()).toEqual([
      'shared shared',
      "EROFS EROFS: read-only file system, open '/in/note'",
      'EROFS',
    ]);
  });

  it('is empty for each task and gone with it', async () => {
    const source = `
      import { readdirSync, writeFileSync } from 'node:fs';
      console.log(readdirSync('/data'));
      writeFileSync('/data/left', '');`;
    const definitions = [container('app', source, at('/data'))];
    for (const arn of [await run(definitions), await run(definitions)]) await stopped(arn);
    expect(printed()).toEqual(['[]', '[]']);
    await ecs.fixture.model.stop();
    expect(readdirSync(join(ecs.fixture.world.directory, 'tasks'))).toEqual([]);
  });

  it('is the folder for temporary files where it is mounted there', async () => {
    const source = `
      import { existsSync, writeFileSync } from 'node:fs';
      import { join } from 'node:path';
      import { tmpdir } from 'node:os';
      writeFileSync(join(tmpdir(), 'a'), '');
      console.log(existsSync('/tmp/a'));`;
    await stopped(await run([container('app', source, at('/tmp'))]));
    expect(printed()).toEqual(['true']);
    expect(existsSync('/tmp/a')).toBe(false);
  });

  it('is where a container with a read-only root writes', async () => {
    const source = `
      import { writeFileSync } from 'node:fs';
      import { join } from 'node:path';
      import { tmpdir } from 'node:os';
      for (const path of ['/data/x', 'x', join(tmpdir(), 'x')])
        try { writeFileSync(path, ''); console.log('written'); } catch ({ message }) { console.log(message); }`;
    const readonlyRootFilesystem = true;
    await stopped(
      await run([container('app', source, { ...at('/data'), readonlyRootFilesystem })]),
    );
    expect(printed()).toEqual([
      'written',
      "EROFS: read-only file system, open '/app/x'",
      "EROFS: read-only file system, open '/tmp/x'",
    ]);
    await stopped(
      await run([container('app2', source, { ...at('/tmp'), readonlyRootFilesystem })]),
    );
    expect(printed().slice(-1)).toEqual(['written']);
  });

  it('comes with volumesFrom, and read-only if that says so', async () => {
    const writer = `import { writeFileSync } from 'node:fs'; writeFileSync('/data/note', 'taken');`;
    const reader = `
      import { readFileSync, rmSync } from 'node:fs';
      console.log(readFileSync('/data/note', 'utf8'));
      try { rmSync('/data/note'); } catch ({ code }) { console.log(code); }`;
    const volumesFrom = [{ sourceContainer: 'writer', readOnly: true }];
    await stopped(
      await run([
        container('writer', writer, { ...first, ...at('/data') }),
        container('reader', reader, { ...then('writer'), volumesFrom }),
      ]),
    );
    expect(printed()).toEqual(['taken', 'EROFS']);
  });

  // "The data in the VOLUME directive path is copied to the data volume" (developer guide, bind mounts).
  it('begins with what an image has at a VOLUME of that path, of the first that has it', async () => {
    const source = `
      import { readdirSync, readFileSync } from 'node:fs';
      console.log(readdirSync('/app'), readFileSync('/app/server.mjs', 'utf8').length);`;
    const image = (tag: string, more: string) =>
      ecs.fixture.image(tag, { source: source + more, volumes: ['/app/'] });
    await stopped(
      await run([
        container('one', '', { ...first, ...at('/app'), image: image('a', '') }),
        container('two', '', { ...then('one'), ...at('/app'), image: image('b', '/* longer */') }),
      ]),
    );
    const line = `[ 'server.mjs' ] ${source.length}`;
    expect(printed()).toEqual([line, line]);
  });

  it('may hold the program that another container put there', async () => {
    const writer = `
      import { writeFileSync } from 'node:fs';
      writeFileSync('/programs/main.mjs', 'console.log("from the volume", process.argv.length)');`;
    await stopped(
      await run([
        container('writer', writer, { ...first, ...at('/programs') }),
        container('app', '', {
          ...then('writer'),
          ...at('/opt/programs'),
          command: ['node', '/opt/programs/main.mjs'],
        }),
      ]),
    );
    expect(printed()).toEqual(['from the volume 2']);
  });

  it('in memory is the container’s own', async () => {
    const linuxParameters = { tmpfs: [{ containerPath: '/cache', size: 16 }] };
    const source = `
      import { readdirSync, writeFileSync } from 'node:fs';
      console.log(readdirSync('/cache'));
      writeFileSync('/cache/x', '');`;
    await stopped(
      await run(
        [
          container('one', source, { ...first, linuxParameters }),
          container('two', source, { ...then('one'), linuxParameters }),
        ],
        [],
      ),
    );
    expect(printed()).toEqual(['[]', '[]']);
  });

  it('hides what the image has at its path', async () => {
    const source = `
      import { readdirSync } from 'node:fs';
      console.log(readdirSync('/app'));
      setInterval(() => {}, 1000);`;
    const arn = await run([
      container('side', source, { ...at('/app'), command: ['node', '-e', source] }),
    ]);
    while (printed().length === 0) await new Promise((resolve) => setImmediate(resolve));
    expect(printed()).toEqual(['[]']);
    await ecs.client.send(new StopTaskCommand({ cluster: 'sample', task: arn }));
    await stopped(arn);
  });
});

describe('RunTask', () => {
  const efs = { efsVolumeConfiguration: { fileSystemId: 'fs-1' } };
  it.each([
    ['an EFS volume', at('/data'), efs, 'volumes[0].efsVolumeConfiguration'],
    ['a mount over everything', at('/../..'), {}, "containerDefinitions[0]: mount at '/'"],
    [
      'a relative path',
      at('data'),
      {},
      "containerDefinitions[0]: mount at 'data', no absolute path",
    ],
    [
      'a mount inside another',
      { mountPoints: ['/a', '/a/b'].flatMap((path) => at(path).mountPoints) },
      {},
      "containerDefinitions[0]: mount at '/a/b' inside another",
    ],
  ])('refuses %s by name', async (_, members, volume, problem) => {
    await expect(
      run([container('app', '', members)], [{ name: 'scratch', ...volume }]),
    ).rejects.toMatchObject({
      name: 'UnsupportedFeatureException',
      message: expect.stringContaining(`: ${problem}`),
    });
  });
});
