import { writeFileSync } from 'node:fs';
import http from 'node:http';
import type { DockerAsset } from './cloudformation/cloud-assembly.ts';
import { bootstrapParameters, StackLoader } from './cloudformation/stack-loader.ts';
import { buildWorld, type WorldOptions } from './core/build-world.ts';
import { trustFile } from './core/trust-file.ts';
import type { World } from './core/world.ts';
import { registryHandler } from './ecr/registry-handler.ts';
import { setScanFindings } from './ecr/set-scan-findings.ts';
import { buildModels, type Models, resourceProviders, wireServices } from './models.ts';
import { buildFromDockerfile } from './oci/build-from-dockerfile.ts';
import { pushImage } from './oci/push-image.ts';
import { makeCertificate } from './server/certificate-control.ts';
import { controlApi, type ListenerEntry } from './server/control-api.ts';
import { listenOnLoopback } from './server/listen.ts';
import { createWireHandler } from './wire/wire-handler.ts';

export interface SimulatorOptions extends WorldOptions {
  /** Port of the AWS endpoint and the image registry; default 0, a free one. */
  readonly port?: number;
}

export interface Simulator {
  readonly world: World;
  readonly models: Models;
  /** `http://127.0.0.1:PORT`, for AWS_ENDPOINT_URL. */
  readonly endpoint: string;
  /** `127.0.0.1:PORT`, for image names. */
  readonly registry: string;
  /** Creates everything that the stacks of a synthesized cloud assembly declare. */
  deployAssembly(directory: string): Promise<void>;
  /** The same for one template file. */
  deployTemplate(file: string): Promise<void>;
  /** Where the balancers' listeners can be reached from this machine. */
  listeners(): ListenerEntry[];
  /** Ends every function, task, listener and timer, and removes the scratch folder. */
  stop(): Promise<void>;
}

/** A small AWS on loopback: one port for the AWS protocols, the image registry and the control API. */
export async function createSimulator(options: SimulatorOptions = {}): Promise<Simulator> {
  const { world, attach } = buildWorld(options);
  const models = buildModels(world);
  const server = http.createServer();
  const port = await listenOnLoopback(server, options.port ?? 0).catch((error: unknown) => {
    world.dispose();
    throw error;
  });
  const registry = `127.0.0.1:${port}`;
  const endpoint = `http://${registry}`;
  attach(models, () => endpoint);
  writeFileSync(trustFile(world), models.acm.authority.certificatePem);

  const listeners = () => listenerEntries(models);
  const handleControl = controlApi({
    world,
    listeners,
    acm: models.acm,
    actions: {
      'scan-findings': (body) => setScanFindings(models.ecr, body),
      certificates: (body) => makeCertificate(models.acm, body),
    },
  });
  const handleRegistry = registryHandler(models.ecr, world);
  const handleWire = createWireHandler(world, wireServices(models, world));
  server.on('request', async (request, response) => {
    // SDKs compare this header with their own clock, which is virtual inside functions, and repeat calls
    // when the two are minutes apart.
    response.sendDate = false;
    response.setHeader('date', new Date(world.clock.now()).toUTCString());
    if (handleControl(request, response)) return;
    if (await handleRegistry(request, response)) return;
    await handleWire(request, response);
  });

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
    endpoint,
    registry,
    deployAssembly: async (directory) => void (await loader.deployAssembly(directory)),
    deployTemplate: async (file) => void (await loader.deployTemplateFile(file)),
    listeners,
    stop: async () => {
      await models.events.stop();
      await models.codedeploy.stop();
      await models.lambda.stop();
      await models.ecs.stop();
      await models.elbv2.stop();
      await models.states.stop();
      await models.ecr.stop();
      await closeServer(server);
      world.dispose();
    },
  };
}

async function publishImageAsset(
  asset: DockerAsset,
  { ecr }: Models,
  registry: string,
): Promise<void> {
  const { directory, dockerFile, buildArgs, repositoryName, imageTag } = asset;
  const image = await buildFromDockerfile({
    directory,
    ...(dockerFile !== undefined && { dockerfile: dockerFile }),
    ...(buildArgs && { buildArgs }),
    platform: { os: 'linux', architecture: 'amd64' },
  });
  ecr.ensureRepository(repositoryName);
  await pushImage({ registry, repository: repositoryName, tag: imageTag, image });
}

function listenerEntries({ elbv2 }: Models): ListenerEntry[] {
  return elbv2.loadBalancers.all().flatMap(({ arn, dnsName }) =>
    elbv2.listeners.ofLoadBalancer(arn).map(({ port, tls, address }) => ({
      name: `${dnsName}:${port}`,
      protocol: tls ? ('HTTPS' as const) : ('HTTP' as const),
      address: `${address.host}:${address.port}`,
    })),
  );
}

async function closeServer(server: http.Server): Promise<void> {
  const closed = new Promise<void>((resolve) => server.close(() => resolve()));
  server.closeAllConnections();
  await closed;
}
