import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { DockerAsset } from '../../../simulator/cloudformation/cloud-assembly.ts';
import { StackLoader } from '../../../simulator/cloudformation/stack-loader.ts';
import {
  StackCreationError,
  TemplateRefusedError,
} from '../../../simulator/cloudformation/template-refused-error.ts';
import { testProviders, testWorld } from './loading.ts';

let testing: ReturnType<typeof testWorld>;
let providing: ReturnType<typeof testProviders>;
let directory: string;
beforeEach(() => {
  testing = testWorld();
  providing = testProviders();
  directory = mkdtempSync(join(tmpdir(), 'assembly-'));
});
afterEach(() => {
  testing.stop();
  rmSync(directory, { recursive: true });
});

function write(name: string, document: unknown): string {
  const path = join(directory, name);
  writeFileSync(path, JSON.stringify(document));
  return path;
}

function loader(buildDockerAsset?: (asset: DockerAsset) => Promise<void>): StackLoader {
  return new StackLoader({
    model: testing.model,
    providers: providing.providers,
    ...(buildDockerAsset && { buildDockerAsset }),
  });
}

const producer = {
  Resources: { Net: { Type: 'Test::Thing', Properties: { Name: 'net-1' } } },
  Outputs: {
    NetId: { Value: { Ref: 'Net' }, Export: { Name: { 'Fn::Sub': '${AWS::StackName}:Net' } } },
  },
};
const consumer = {
  Resources: {
    User: { Type: 'Test::Other', Properties: { Uses: [{ 'Fn::ImportValue': 'Producer:Net' }] } },
  },
};

/** The consumer first, so that only the dependency can put it last. */
function writeAssembly(assets: unknown = {}): void {
  const stack = (name: string, dependencies: string[]) => ({
    type: 'aws:cloudformation:stack',
    properties: { templateFile: `${name}.template.json` },
    dependencies,
  });
  write('manifest.json', {
    artifacts: {
      Consumer: stack('Consumer', ['Producer']),
      Producer: stack('Producer', ['Producer.assets']),
      'Producer.assets': {
        type: 'cdk:asset-manifest',
        properties: { file: 'Producer.assets.json' },
      },
      Tree: { type: 'cdk:tree' },
    },
  });
  write('Producer.template.json', producer);
  write('Consumer.template.json', consumer);
  write('Producer.assets.json', assets);
}

describe('StackLoader', () => {
  it('creates stacks in dependency order and hands exports on', async () => {
    writeAssembly();
    const stacks = await loader().deployAssembly(directory);
    expect(stacks.map(({ stackName, status }) => [stackName, status])).toEqual([
      ['Producer', 'CREATE_COMPLETE'],
      ['Consumer', 'CREATE_COMPLETE'],
    ]);
    expect(providing.made.map(({ properties }) => properties)).toEqual([
      { Name: 'net-1' },
      { Uses: ['net-1'] },
    ]);
    expect(testing.world.journal.of('stack.resource-created')).toMatchObject([
      { stack: 'Producer', logicalId: 'Net', type: 'Test::Thing' },
      { stack: 'Consumer', logicalId: 'User', type: 'Test::Other' },
    ]);
  });

  it('publishes file assets under the bucket that the template will name', async () => {
    writeAssembly({
      files: {
        abc: {
          source: { path: 'asset.abc', packaging: 'zip' },
          destinations: {
            here: {
              bucketName: 'cdk-hnb659fds-assets-${AWS::AccountId}-${AWS::Region}',
              objectKey: 'abc.zip',
            },
          },
        },
      },
    });
    await loader().deployAssembly(directory);
    const bucket = 'cdk-hnb659fds-assets-123456789012-us-east-1';
    expect(testing.world.assets.find(bucket, 'abc.zip')).toBe(join(directory, 'asset.abc'));
  });

  const withImage = {
    dockerImages: {
      def: {
        source: { directory: 'asset.def', platform: 'linux/amd64', dockerBuildArgs: { A: '1' } },
        destinations: { here: { repositoryName: 'assets-${AWS::AccountId}', imageTag: 'def' } },
      },
    },
  };

  it('has image assets built before the stacks that use them', async () => {
    writeAssembly(withImage);
    const built: DockerAsset[] = [];
    await loader(async (asset) => {
      expect(providing.made).toEqual([]);
      built.push(asset);
    }).deployAssembly(directory);
    expect(built).toEqual([
      {
        directory: join(directory, 'asset.def'),
        dockerFile: 'Dockerfile',
        buildArgs: { A: '1' },
        platform: 'linux/amd64',
        repositoryName: 'assets-123456789012',
        imageTag: 'def',
      },
    ]);
  });

  it('refuses image assets when nobody builds images, before anything is created', async () => {
    writeAssembly(withImage);
    await expect(loader().deployAssembly(directory)).rejects.toThrow(
      `Docker image asset ${join(directory, 'asset.def')}: no image builder was given`,
    );
    expect(testing.model.all()).toEqual([]);
  });

  it('creates nothing at all when the last stack is refused', async () => {
    writeAssembly();
    write('Consumer.template.json', { Resources: { X: { Type: 'AWS::No::Type' } } });
    await expect(loader().deployAssembly(directory)).rejects.toThrow(TemplateRefusedError);
    expect(providing.made).toEqual([]);
    expect(testing.model.all()).toEqual([]);
  });

  it('lists the problems of every stack, and does not blame a stack for what its producer lacks', async () => {
    writeAssembly();
    const refused = {
      ...producer,
      Resources: { ...producer.Resources, X: { Type: 'AWS::No::X' } },
    };
    write('Producer.template.json', refused);
    const resources = { ...consumer.Resources, Y: { Type: 'AWS::No::Y' } };
    write('Consumer.template.json', { Resources: resources });
    const failure = await loader()
      .deployAssembly(directory)
      .catch((error: unknown) => error);
    expect((failure as TemplateRefusedError).problems).toEqual([
      'Stack Producer: X (AWS::No::X): resource type is not modelled',
      'Stack Consumer: Y (AWS::No::Y): resource type is not modelled',
    ]);
  });

  it('stops at the first resource that fails and says which and why', async () => {
    const path = write('demo.template.json', {
      Resources: {
        One: { Type: 'Test::Thing' },
        Two: { Type: 'Test::Thing', DependsOn: 'One', Properties: { Fail: 'no room left' } },
        Three: { Type: 'Test::Thing', DependsOn: 'Two' },
      },
    });
    const failure = await loader()
      .deployTemplateFile(path)
      .catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(StackCreationError);
    expect(String(failure)).toContain(
      'CREATE_FAILED: Two (Test::Thing) of stack demo: no room left',
    );
    const stack = testing.model.find('demo');
    expect(stack?.status).toBe('CREATE_FAILED');
    expect(
      [...(stack?.resources.values() ?? [])].map(({ logicalId, status }) => [logicalId, status]),
    ).toEqual([
      ['One', 'CREATE_COMPLETE'],
      ['Two', 'CREATE_FAILED'],
    ]);
  });

  it('checks properties again once their values are known', async () => {
    const path = write('demo.json', {
      Resources: {
        One: { Type: 'Test::Thing', Properties: { Name: 'not a size' } },
        Two: { Type: 'Test::Thing', Properties: { Size: { Ref: 'One' } } },
      },
    });
    await expect(loader().deployTemplateFile(path)).rejects.toThrow(
      'Two (Test::Thing) of stack demo: Size: Invalid input',
    );
  });

  it('refuses a GetAtt of an attribute that the provider does not give', async () => {
    const path = write('demo.json', {
      Resources: {
        One: { Type: 'Test::Thing' },
        Two: { Type: 'Test::Thing', Properties: { Name: { 'Fn::GetAtt': ['One', 'Colour'] } } },
      },
    });
    await expect(loader().deployTemplateFile(path)).rejects.toThrow(
      'Fn::GetAtt: One (Test::Thing) has no modelled attribute "Colour"',
    );
  });

  it('generates names as CloudFormation does and cuts them to the limit', async () => {
    const path = write('a-rather-long-stack-name.json', {
      Resources: { AnEvenLongerLogicalIdentifier: { Type: 'Test::Thing' } },
    });
    await loader().deployTemplateFile(path);
    const { context } = providing.made[0] ?? {};
    expect(context?.generatedName(255)).toMatch(
      /^a-rather-long-stack-name-AnEvenLongerLogicalIdentifier-[A-Z0-9]{12}$/,
    );
    expect(context?.generatedName(32)).toMatch(/^.{19}-[A-Z0-9]{12}$/);
  });

  it('updates a stack that exists already, and leaves an unchanged one alone', async () => {
    const sized = (size: number) => ({
      Resources: { One: { Type: 'Test::Thing', Properties: { Size: size } } },
    });
    const stack = await loader().deployTemplateFile(write('demo.json', sized(1)));
    const id = stack.resources.get('One')?.physicalId;
    const events = stack.events.length;
    expect((await loader().deployTemplateFile(write('demo.json', sized(1)))).events).toHaveLength(
      events,
    );
    const again = await loader().deployTemplateFile(write('demo.json', sized(2)));
    expect(again).toBe(stack);
    expect(stack.status).toBe('UPDATE_COMPLETE');
    expect(stack.resources.get('One')).toMatchObject({ physicalId: id, properties: { Size: 2 } });
  });

  it('says which file of an assembly is missing', async () => {
    await expect(loader().deployAssembly(directory)).rejects.toThrow(
      `Cannot read ${join(directory, 'manifest.json')} of the cloud assembly`,
    );
  });

  it('refuses an export name that another stack has taken', async () => {
    await loader().deployTemplateFile(write('Producer.json', producer));
    const again = { ...producer, Outputs: { X: { Value: 'x', Export: { Name: 'Producer:Net' } } } };
    await expect(loader().deployTemplateFile(write('Second.json', again))).rejects.toThrow(
      'Export with name Producer:Net is already exported by stack Producer',
    );
    expect(testing.model.find('Second')?.status).toBe('CREATE_FAILED');
  });
});
