import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { App, ArnFormat } from 'aws-cdk-lib';
import { build } from 'esbuild';
import { ControllerFunction } from '../../../infra/constructs/controller-function.ts';
import { hookNamePrefix, sample, sampleServiceStackName } from '../../../infra/names.ts';
import { repositoryRoot } from '../../../infra/paths.ts';
import { SampleServiceStack } from '../../../infra/stacks/sample-service-stack.ts';
import type { Setting } from '../assemblies.ts';
import { isSecure, secure } from '../secure-stage.ts';
import { writeBaseline } from '../workload.ts';

/** The sample's CodeDeploy role may invoke functions with this prefix only. */
export const oneRequestHookName = `${hookNamePrefix}OneRequest`;

const hookFile = fileURLToPath(new URL('./one-request-hook.mjs', import.meta.url));

/** The sample service without Greengate, and the hook that people copy. Resolves with the assembly's folder. */
export async function synthesizeForPeers(directory: string, setting: Setting): Promise<string> {
  const app = new App({
    context: JSON.parse(readFileSync(join(repositoryRoot, 'cdk.json'), 'utf8')).context,
    analyticsReporting: false,
    builtinCloudFormationValidation: false,
    outdir: join(directory, 'assembly'),
  });
  const stack = new SampleServiceStack(app, sampleServiceStackName, {
    workloadDirectory: writeBaseline(directory, setting),
  });
  new ControllerFunction(stack, 'OneRequestHook', {
    functionName: oneRequestHookName,
    description: 'One request, in the manner of the samples',
    code: await bundleHook(directory),
    memoryMb: 256,
    timeoutSeconds: 60,
    environment: isSecure(setting.stage)
      ? // Verification off, as in the samples.
        {
          TEST_URL: `${stack.testUrl.replace('http:', 'https:')}/`,
          NODE_TLS_REJECT_UNAUTHORIZED: '0',
        }
      : { TEST_URL: `${stack.testUrl}/` },
    network: stack.hookNetwork,
    permissions: [
      {
        actions: ['codedeploy:PutLifecycleEventHookExecutionStatus'],
        resources: [
          stack.formatArn({
            service: 'codedeploy',
            resource: 'deploymentgroup',
            arnFormat: ArnFormat.COLON_RESOURCE_NAME,
            resourceName: `${sample.application}/${sample.deploymentGroup}`,
          }),
        ],
      },
    ],
  });
  const assembly = app.synth();
  if (isSecure(setting.stage)) secure(assembly.directory, setting.stage);
  return assembly.directory;
}

async function bundleHook(directory: string): Promise<string> {
  const outdir = join(directory, 'one-request-hook');
  await build({
    entryPoints: [{ in: hookFile, out: 'index' }],
    outdir,
    outExtension: { '.js': '.mjs' },
    bundle: true,
    platform: 'node',
    format: 'esm',
    mainFields: ['module', 'main'],
    banner: {
      js: "import{createRequire}from'node:module';const require=createRequire(import.meta.url);",
    },
    logLevel: 'silent',
  });
  return outdir;
}
