import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { App, Validations } from 'aws-cdk-lib';
import type { CloudAssembly } from 'aws-cdk-lib/cx-api';
import { AwsSolutionsChecks } from 'cdk-nag';
import type { Config, Strategy } from '../functions/core/config/schema.ts';
import { controllerStackName, sample, sampleServiceStackName } from './names.ts';
import { repositoryRoot, sampleWorkloadDirectory, stateMachineFile } from './paths.ts';
import { ControllerStack } from './stacks/controller-stack.ts';
import { SampleServiceStack } from './stacks/sample-service-stack.ts';
import type { SampleShift } from './traffic-shift.ts';

export interface SynthesizeOptions {
  readonly config: Config;
  /** Where buildBundles put its folders. */
  readonly bundleDirectory: string;
  /** Cloud assembly; default a temporary folder of the CDK. */
  readonly outDirectory?: string;
  /** Text of the state machine; default statemachine/deploy.asl.json. */
  readonly definition?: string;
  /** How the sample's deployment group shifts traffic; default 10 %, and the rest five minutes later. */
  readonly shift?: SampleShift;
  /** Folder with the Dockerfile of the sample's first image; default simulator/workloads/shop. */
  readonly workloadDirectory?: string;
}

/**
 * The CDK app. Needs no account: both stacks are environment-agnostic. The sample service comes along when
 * the configuration deploys it; somebody else's configuration gets the controller alone.
 * `validateTemplates` adds the CDK's own template validation to `synth()`: it changes nothing in the
 * templates and takes ten times as long as writing them, so rehearsals and tests go without.
 */
export function buildApp(
  options: SynthesizeOptions,
  { validateTemplates = false }: { readonly validateTemplates?: boolean } = {},
): App {
  const { config, bundleDirectory, outDirectory } = options;
  const app = new App({
    // The flags of cdk.json also when the CDK command line is not the one who starts us.
    context: readCdkContext(),
    analyticsReporting: false,
    builtinCloudFormationValidation: validateTemplates,
    ...(outDirectory && { outdir: outDirectory }),
  });
  const strategy = sampleStrategy(config);
  const sampleService = strategy
    ? new SampleServiceStack(app, sampleServiceStackName, {
        description: `Sample service for Greengate: ECS behind a load balancer ${strategy === 'codedeploy' ? 'under CodeDeploy' : 'with rolling updates'}`,
        strategy,
        workloadDirectory: options.workloadDirectory ?? sampleWorkloadDirectory,
        ...(options.shift && { shift: options.shift }),
      })
    : undefined;
  // What the configuration names wins over the sample's.
  const hookNetwork = config.hooks ?? sampleService?.hookNetwork;
  new ControllerStack(app, controllerStackName, {
    description: 'Greengate: deployment controller for Amazon ECS',
    config,
    bundleDirectory,
    definition: options.definition ?? readFileSync(stateMachineFile, 'utf8'),
    ...(hookNetwork && { hookNetwork }),
  });
  return app;
}

/** Synthesizes both stacks; throws on a finding of CloudFormation's validation or an unacknowledged one of cdk-nag. */
export function synthesizeApp(options: SynthesizeOptions): CloudAssembly {
  const app = buildApp(options, { validateTemplates: true });
  Validations.of(app).addPlugins(new AwsSolutionsChecks(app));
  return app.synth();
}

/** Undefined where the configuration does not deploy the sample. */
function sampleStrategy(config: Config): Strategy | undefined {
  return config.services.find(({ target }) => target.cluster === sample.cluster)?.target.strategy;
}

function readCdkContext(): Record<string, unknown> {
  return JSON.parse(readFileSync(join(repositoryRoot, 'cdk.json'), 'utf8')).context;
}
