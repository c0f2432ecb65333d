import {
  CodeDeployClient,
  GetDeploymentGroupCommand,
  ListTagsForResourceCommand,
  UpdateDeploymentGroupCommand,
} from '@aws-sdk/client-codedeploy';
import { codedeployWire } from '../../../simulator/codedeploy/wire.ts';
import { serveWire } from '../../support/simulator/serve-wire.ts';
import { createDeploymentFixture, type DeploymentFixture } from './deployment-fixture.ts';

export interface ServedDeployments {
  readonly deploy: DeploymentFixture;
  readonly client: CodeDeployClient;
  stop(): Promise<void>;
}

/** The deployment fixture behind a real socket, with an SDK client. */
export async function serveDeployments(
  ...fixture: Parameters<typeof createDeploymentFixture>
): Promise<ServedDeployments> {
  const deploy = createDeploymentFixture(...fixture);
  const server = await serveWire(deploy.world, [codedeployWire(deploy.model, deploy.world)]);
  const client = new CodeDeployClient(server.client);
  return {
    deploy,
    client,
    stop: async () => {
      client.destroy();
      await server.stop();
      await deploy.stop();
    },
  };
}

export const groupArn = 'arn:aws:codedeploy:eu-west-1:111122223333:deploymentgroup:shop/shop';

/** Requests that tests of groups send again and again. */
export function groupRequests(served: () => ServedDeployments) {
  return {
    tagsOf: async (ResourceArn: string) =>
      (await served().client.send(new ListTagsForResourceCommand({ ResourceArn }))).Tags,
    group: async (deploymentGroupName = 'shop', applicationName = 'shop') =>
      (
        await served().client.send(
          new GetDeploymentGroupCommand({ applicationName, deploymentGroupName }),
        )
      ).deploymentGroupInfo,
    update: (members: object) =>
      served().client.send(
        new UpdateDeploymentGroupCommand({
          applicationName: 'shop',
          currentDeploymentGroupName: 'shop',
          ...members,
        }),
      ),
  };
}
