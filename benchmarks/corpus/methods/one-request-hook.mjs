import {
  CodeDeployClient,
  PutLifecycleEventHookExecutionStatusCommand,
} from '@aws-sdk/client-codedeploy';

/**
 * The hook that people copy: at AfterAllowTestTraffic one GET of the start page through the test listener,
 * and 200 means that all is well.
 */
const codedeploy = new CodeDeployClient({});

export async function handler(event) {
  let status = 'Failed';
  try {
    const response = await fetch(process.env.TEST_URL);
    if (response.status === 200) status = 'Succeeded';
  } catch (error) {
    console.error(error);
  }
  await codedeploy.send(
    new PutLifecycleEventHookExecutionStatusCommand({
      deploymentId: event.DeploymentId,
      lifecycleEventHookExecutionId: event.LifecycleEventHookExecutionId,
      status,
    }),
  );
}
