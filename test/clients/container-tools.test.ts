import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import {
  CreateRepositoryCommand,
  DescribeImagesCommand,
  ECRClient,
  GetAuthorizationTokenCommand,
} from '@aws-sdk/client-ecr';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { tarLayer } from '../../simulator/oci/tar-layer.ts';
import { clientTimeoutMs, ForeignClient, missingClient } from './foreign-client.ts';

interface ContainerTool {
  readonly program: string;
  /** Must succeed for the tests to be run; docker's fails where no daemon answers. */
  readonly detect: readonly string[];
  readonly global: (folder: string) => readonly string[];
  /** docker takes 127.0.0.1 for insecure by itself. */
  readonly insecure: readonly string[];
}

const tools: readonly ContainerTool[] = [
  { program: 'docker', detect: ['info'], global: () => [], insecure: [] },
  {
    program: 'podman',
    detect: ['--version'],
    global: (folder) => [
      ...['--root', join(folder, 'images'), '--runroot', join(folder, 'run')],
      ...['--storage-driver', 'vfs'],
    ],
    insecure: ['--tls-verify=false'],
  },
];

describe.each(tools)('$program', ({ program, detect, global, insecure }) => {
  const missing = missingClient(program, ...detect);
  let client: ForeignClient;
  let ecr: ECRClient;
  let image: string;
  const tool = (args: readonly string[]) =>
    client.run(program, [...global(client.folder), ...args]);
  const must = (...args: string[]) => client.output(program, [...global(client.folder), ...args]);
  const host = () => new URL(client.simulator.endpoint).host;

  beforeEach(async () => {
    client = await ForeignClient.start();
    ecr = new ECRClient({
      region: 'us-east-1',
      endpoint: client.simulator.endpoint,
      credentials: { accessKeyId: 'me', secretAccessKey: 'me' },
    });
    await ecr.send(
      new CreateRepositoryCommand({ repositoryName: 'team/shop', imageTagMutability: 'IMMUTABLE' }),
    );
    if (missing) return;
    const { authorizationData } = await ecr.send(new GetAuthorizationTokenCommand({}));
    const token = Buffer.from(authorizationData?.[0]?.authorizationToken ?? '', 'base64');
    const password = token.toString().replace(/^AWS:/, '');
    await must('login', ...insecure, '--username', 'AWS', '--password', password, host());
    image = await importImage('one');
  });
  afterEach(async () => {
    if (!missing) await tool(['rmi', '--force', image]);
    await client.stop();
  });

  /** Resolves with the image's id. */
  async function importImage(content: string): Promise<string> {
    const file = { path: 'content.txt', content: Buffer.from(content) };
    const { bytes } = await tarLayer({ directories: [], files: [file] });
    await writeFile(join(client.folder, 'root.tar.gz'), bytes);
    return must('import', '--change', 'CMD ["/content.txt"]', 'root.tar.gz');
  }

  it(
    'pushes an image that it gets back, and is told what the registry refuses',
    async (context) => {
      if (missing) return context.skip(missing);
      const there = `${host()}/team/shop:v1`;
      await must('tag', image, there);
      await must('push', ...insecure, there);
      const { imageDetails } = await ecr.send(
        new DescribeImagesCommand({ repositoryName: 'team/shop' }),
      );
      expect(imageDetails).toMatchObject([{ imageTags: ['v1'] }]);

      await must('rmi', '--force', image);
      await must('pull', ...insecure, there);
      expect(await must('inspect', '--format', '{{.RepoDigests}}', there)).toContain(
        `${host()}/team/shop@${imageDetails?.[0]?.imageDigest}`,
      );

      const other = await importImage('two');
      await must('tag', other, there);
      expect(await tool(['push', ...insecure, there])).toMatchObject({
        exitCode: program === 'docker' ? 1 : 125,
        stderr: expect.stringContaining("The image tag 'v1' already exists in the 'team/shop'"),
      });
      await must('tag', other, `${host()}/team/none:v1`);
      expect((await tool(['push', ...insecure, `${host()}/team/none:v1`])).stderr).toContain(
        "The repository with name 'team/none' does not exist",
      );
      expect((await tool(['pull', ...insecure, `${host()}/team/shop:none`])).stderr).toMatch(
        /manifest unknown/,
      );
      await tool(['rmi', '--force', other]);
    },
    clientTimeoutMs,
  );
});
