import { once } from 'node:events';
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import {
  CodeDeployClient,
  GetDeploymentGroupCommand,
  ListTagsForResourceCommand,
  UpdateDeploymentGroupCommand,
} from '@aws-sdk/client-codedeploy';
import { codedeployWire } from '../../../simulator/codedeploy/wire.ts';
import { createWireHandler } from '../../../simulator/wire/wire-handler.ts';
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
  const handler = createWireHandler(deploy.world, [codedeployWire(deploy.model, deploy.world)]);
  const server = http.createServer((request, response) => void handler(request, response));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const client = new CodeDeployClient({
    endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    region: 'eu-west-1',
    credentials: { accessKeyId: 'rehearsal', secretAccessKey: 'rehearsal' },
    maxAttempts: 1,
  });
  return {
    deploy,
    client,
    stop: async () => {
      client.destroy();
      server.closeAllConnections();
      server.close();
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
