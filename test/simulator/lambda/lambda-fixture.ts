import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ResourceContext } from '../../../simulator/cloudformation/resource-provider.ts';
import { LambdaModel } from '../../../simulator/lambda/model.ts';
import { lambdaResources } from '../../../simulator/lambda/resources.ts';
import { createTestWorld, type TestWorld } from '../../support/simulator/fake-world.ts';

export interface LambdaFixture {
  readonly world: TestWorld;
  readonly model: LambdaModel;
  readonly logLines: string[];
  readonly queued: { queueArn: string; body: unknown; attributes: unknown }[];
  /** Writes `source` as index.mjs and creates the function from template properties. */
  define(name: string, source: string, properties?: Record<string, unknown>): Promise<string>;
  create(type: string, properties: Record<string, unknown>): Promise<void>;
  stop(): Promise<void>;
}

/** A Lambda model on a virtual clock, with recorded logs and queues. */
export async function createLambdaFixture(): Promise<LambdaFixture> {
  const directory = await mkdtemp(join(tmpdir(), 'lambda-test-'));
  const logLines: string[] = [];
  const queued: LambdaFixture['queued'] = [];
  const world = createTestWorld({
    directory,
    services: {
      logs: { append: (_group, _stream, line) => void logLines.push(line) },
      s3: { getObject: () => undefined },
      sqs: {
        send: (queueArn, body, attributes) => {
          queued.push({ queueArn, body: JSON.parse(body), attributes });
          return 'message';
        },
      },
    },
  });
  const model = new LambdaModel(world);
  const providers = lambdaResources(model, world);
  const create = async (type: string, properties: Record<string, unknown>) => {
    const context: ResourceContext = {
      world,
      stackName: 'Stack',
      logicalId: 'Logical',
      generatedName: () => `Stack-Logical-${world.ids.nameSuffix()}`,
    };
    const provider = providers[type];
    if (!provider) throw new Error(`No provider for ${type}`);
    await provider.create(provider.properties.parse(properties) as never, context);
  };
  return {
    world,
    model,
    logLines,
    queued,
    create,
    define: async (name, source, properties = {}) => {
      const folder = join(directory, name);
      await mkdir(folder);
      await writeFile(join(folder, 'index.mjs'), source);
      world.assets.publish('assets', `${name}.zip`, folder);
      await create('AWS::Lambda::Function', {
        FunctionName: name,
        Code: { S3Bucket: 'assets', S3Key: `${name}.zip` },
        Handler: 'index.handler',
        Role: 'arn:aws:iam::111122223333:role/function',
        Runtime: 'nodejs24.x',
        ...properties,
      });
      return folder;
    },
    stop: async () => {
      await model.stop();
      world.clock.stop();
      await rm(directory, { recursive: true, force: true });
    },
  };
}
