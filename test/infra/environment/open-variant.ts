import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ACMClient, RequestCertificateCommand } from '@aws-sdk/client-acm';
import { pushWorkload } from '../../../cli/rehearsal/push-workload.ts';
import { ReleaseWatcher } from '../../../cli/rehearsal/release-watcher.ts';
import { clientOptions } from '../../../cli/rehearsal/stage.ts';
import type { Config, ServiceConfig } from '../../../functions/core/config/schema.ts';
import { buildBundles } from '../../../infra/bundling/build-bundles.ts';
import { controllerStackName } from '../../../infra/names.ts';
import { stateMachineFile } from '../../../infra/paths.ts';
import { readConfig } from '../../../infra/read-config.ts';
import { ControllerStack } from '../../../infra/stacks/controller-stack.ts';
import { createSimulator, type Simulator } from '../../../simulator/simulator.ts';
import { EnvironmentStack, environmentApp, type Variant } from './variants.ts';

/** A variant's environment and the controller in a simulator. */
export interface OpenVariant {
  readonly simulator: Simulator;
  /** Pushes the sample workload and waits for the outcome of what came of it. */
  release(
    tag: string,
    buildArgs?: Readonly<Record<string, string>>,
  ): Promise<{ readonly outcome: string; readonly reason: string }>;
  stop(): Promise<void>;
}

export async function openVariant(variant: Variant): Promise<OpenVariant> {
  const scratch = mkdtempSync(join(tmpdir(), 'greengate-variant-'));
  const simulator = await createSimulator();
  const stop = async () => {
    await simulator.stop();
    rmSync(scratch, { recursive: true, force: true });
  };
  try {
    await deploy(simulator, await withCertificate(simulator, variant), scratch);
  } catch (error) {
    await stop();
    throw error;
  }
  const { outputs = [] } = simulator.models.cloudformation.find(controllerStackName) ?? {};
  const bucket = String(outputs.find(({ key }) => key === 'RecordsBucketName')?.value);
  const watcher = new ReleaseWatcher(simulator.world, bucket);
  const architecture = variant.service?.architecture === 'arm64' ? 'arm64' : 'amd64';
  return {
    simulator,
    stop,
    async release(tag, buildArgs = {}) {
      const fromSeq = simulator.world.journal.entries.length;
      const pushed = await pushWorkload(simulator, 'team/shop', tag, buildArgs, { architecture });
      const { executionArn } = await watcher.execution(fromSeq, pushed.digest);
      const { outcome, reason } = await watcher.attempt(executionArn, fromSeq);
      return { outcome, reason };
    },
  };
}

async function deploy(simulator: Simulator, variant: Variant, scratch: string): Promise<void> {
  const config = configOf(variant);
  const bundleDirectory = join(scratch, 'functions');
  await buildBundles({ config, outDirectory: bundleDirectory });
  const app = environmentApp(join(scratch, 'assembly'));
  const { network } = new EnvironmentStack(app, 'Environment', variant);
  new ControllerStack(app, controllerStackName, {
    config,
    bundleDirectory,
    definition: readFileSync(stateMachineFile, 'utf8'),
    hookNetwork: network.hookNetwork,
  });
  await simulator.deployAssembly(app.synth().directory);
}

/** A certificate that is given must be there before; its ARN is the simulator's to choose. */
async function withCertificate(simulator: Simulator, variant: Variant): Promise<Variant> {
  if (variant.balancer?.certificateArn === undefined) return variant;
  const acm = new ACMClient(clientOptions(simulator));
  const { CertificateArn: certificateArn = '' } = await acm.send(
    new RequestCertificateCommand({ DomainName: 'shop.example.com', ValidationMethod: 'DNS' }),
  );
  acm.destroy();
  // Validation takes its time, and a listener takes no certificate before.
  await simulator.world.clock.sleep(simulator.world.settings.certificateValidationMs + 1_000);
  return { ...variant, balancer: { ...variant.balancer, certificateArn } };
}

/** greengate.yaml of this repository, for a service with the names that the constructs give. */
function configOf({ service = {} }: Variant): Config {
  const config = readConfig();
  const names = { cluster: 'shop', service: 'shop', container: 'app' };
  const { strategy = 'codedeploy' } = service;
  return {
    ...config,
    services: config.services.map((one): ServiceConfig => {
      const target = { ...one.target, ...names, strategy } as ServiceConfig['target'];
      return { ...one, target: strategy === 'codedeploy' ? target : rollingTarget(target) };
    }),
  };
}

function rollingTarget(target: ServiceConfig['target']): ServiceConfig['target'] {
  const { cluster, service, container } = target;
  return {
    strategy: 'ecs-rolling',
    cluster,
    service,
    container,
    circuitBreaker: true,
    releaseHeader: 'x-release',
    bakeMinutes: 2,
  } as ServiceConfig['target'];
}
