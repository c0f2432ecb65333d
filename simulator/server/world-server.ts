import { AsyncLocalStorage } from 'node:async_hooks';
import { writeFileSync } from 'node:fs';
import type http from 'node:http';
import { authorizationTables } from '../authorization-tables.ts';
import type { DockerAsset } from '../cloudformation/cloud-assembly.ts';
import { StackAccess } from '../cloudformation/stack-access.ts';
import { bootstrapParameters, StackLoader } from '../cloudformation/stack-loader.ts';
import { buildWorld, type WorldOptions } from '../core/build-world.ts';
import { trustFile } from '../core/trust-file.ts';
import type { World } from '../core/world.ts';
import { registryHandler } from '../ecr/registry-handler.ts';
import { wireAccess } from '../iam/wire-access.ts';
import { buildModels, type Models, resourceProviders, wireServices } from '../models.ts';
import { buildFromDockerfile } from '../oci/build-from-dockerfile.ts';
import { pushImage } from '../oci/push-image.ts';
import type { WireService } from '../wire/operation.ts';
import { createWireHandler } from '../wire/wire-handler.ts';

/** One world with its services, answering requests until it is stopped; a reset makes another one. */
export interface WorldServer {
  readonly world: World;
  readonly models: Models;
  readonly services: readonly WireService[];
  readonly loader: StackLoader;
  /** Answers the AWS protocols and the registry's. */
  handle(request: http.IncomingMessage, response: http.ServerResponse): Promise<void>;
  /** Ends every function, task, listener and timer, and removes the scratch folder. */
  stop(): Promise<void>;
}

/**
 * The address by which the request under way knows the simulator. One for all worlds: Node visits every storage that
 * was ever used whenever a promise is made, and each reset makes another world.
 */
const asked = new AsyncLocalStorage<string>();

/** `endpoint` is where the server that passes requests on listens, `http://127.0.0.1:PORT`. */
export function createWorldServer(options: WorldOptions, endpoint: string): WorldServer {
  const { world, attach } = buildWorld(options);
  const models = buildModels(world);
  attach(models, { ofCaller: () => asked.getStore() ?? endpoint, own: endpoint });
  writeFileSync(trustFile(world), models.acm.authority.certificatePem);

  const services = wireServices(models, world);
  const access = wireAccess(models.iam, world, authorizationTables(models, world), services);
  const handleRegistry = registryHandler(models.ecr, world, access);
  models.cloudformation.access = new StackAccess(world, access);
  // Execution roles pull by the policy of the repository, too.
  models.iam.access.resourcePolicy = (arn) => {
    const [, name] = /^arn:[^:]+:ecr:.*:repository\/(.+)$/.exec(arn) ?? [];
    return name === undefined ? undefined : models.ecr.repositories.find(name)?.options.policyText;
  };
  const handleWire = createWireHandler(world, services, access);
  const loader = new StackLoader({
    model: models.cloudformation,
    providers: resourceProviders(models, world),
    // Read at each deployment: a stack may refer to parameters that clients put meanwhile.
    get ssmParameters() {
      return { ...bootstrapParameters, ...models.ssm.templateValues() };
    },
    buildDockerAsset: (asset) => publishImageAsset(asset, models, endpoint),
  });
  return {
    world,
    models,
    services,
    loader,
    handle: async (request, response) => {
      // SDKs compare this header with their own clock, which is virtual inside functions, and repeat calls
      // when the two are minutes apart.
      response.sendDate = false;
      response.setHeader('date', new Date(world.clock.now()).toUTCString());
      await asked.run(addressedTo(request) ?? endpoint, async () => {
        if (await handleRegistry(request, response)) return;
        await handleWire(request, response);
      });
    },
    stop: async () => {
      await models.events.stop();
      await models.codedeploy.stop();
      await models.lambda.stop();
      await models.cloudformation.stop();
      await models.ecs.stop();
      await models.elbv2.stop();
      await models.states.stop();
      await models.sns.stop();
      await models.ecr.stop();
      world.dispose();
    },
  };
}

/** Clients may know the simulator by another name or, through a tunnel, by another port. */
function addressedTo({ headers }: http.IncomingMessage): string | undefined {
  return headers.host && /^[\w.\-:[\]]+$/.test(headers.host) ? `http://${headers.host}` : undefined;
}

async function publishImageAsset(
  asset: DockerAsset,
  { ecr }: Models,
  registry: string,
): Promise<void> {
  const { directory, dockerFile, buildArgs, platform, repositoryName, imageTag } = asset;
  const image = await buildFromDockerfile({
    directory,
    ...(dockerFile !== undefined && { dockerfile: dockerFile }),
    ...(buildArgs && { buildArgs }),
    // Docker builds for the machine that it runs on where the asset names no platform.
    platform: { os: 'linux', architecture: platform === 'linux/arm64' ? 'arm64' : 'amd64' },
  });
  ecr.ensureRepository(repositoryName);
  await pushImage({ registry, repository: repositoryName, tag: imageTag, image });
}
