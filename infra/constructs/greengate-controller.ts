import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { StackProps } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { buildBundles } from '../bundling/build-bundles.ts';
import { withoutBudget } from '../bundling/size-budget.ts';
import { controllerStackName } from '../names.ts';
import { stateMachineFile } from '../paths.ts';
import { readConfig } from '../read-config.ts';
import { ControllerStack } from '../stacks/controller-stack.ts';
import type { HookNetwork } from './controller-function.ts';

export interface GreengateControllerProps extends StackProps {
  /** Path of greengate.yaml; checks of your own lie relative to it. */
  readonly configFile: string;
  /**
   * Where hooks run, which must reach the test listener. What `hooks` in the configuration names wins. Default: outside
   * any VPC.
   */
  readonly hookNetwork?: HookNetwork;
}

/** Greengate in somebody's own CDK app: one stack for each account and Region, as its resources have fixed names. */
export class GreengateController extends ControllerStack {
  /**
   * Reads and compiles the configuration, bundles the functions with it and makes the stack, which is called
   * `GreengateController`: the command looks for it. Rejects with ConfigRefusedError or BundleRefusedError, whose
   * `problems` are lines for people, which `reportAndExit` prints.
   */
  static async fromConfigFile(
    scope: Construct,
    { configFile, hookNetwork, ...stackProps }: GreengateControllerProps,
  ): Promise<GreengateController> {
    const config = readConfig(configFile);
    const bundleDirectory = mkdtempSync(join(tmpdir(), 'greengate-bundles-'));
    // The CDK copies assets when they are declared, but may look at them again until the app is written.
    process.once('exit', () => rmSync(bundleDirectory, { recursive: true, force: true }));
    await buildBundles({
      ...{ config, configFile, outDirectory: bundleDirectory },
      // What a package became under somebody's lockfile is no reason to refuse them a deployment.
      budgetBytes: withoutBudget,
    });
    const network = config.hooks ?? hookNetwork;
    return new GreengateController(scope, controllerStackName, {
      description: 'Greengate: deployment controller for Amazon ECS',
      ...stackProps,
      ...{ stackName: controllerStackName, config, bundleDirectory },
      definition: readFileSync(stateMachineFile, 'utf8'),
      ...(network && { hookNetwork: network }),
    });
  }
}
