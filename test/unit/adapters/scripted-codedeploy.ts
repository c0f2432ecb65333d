import { CodeDeployClient } from '@aws-sdk/client-codedeploy';
import { codeDeployDeployments } from '../../../functions/adapters/codedeploy.ts';
import { type ScriptedCommand, scriptClient } from '../../support/scripted-client.ts';

/** The adapter over a client that answers from a script, with the commands it was sent. */
export function scriptedCodeDeploy(answer: (command: ScriptedCommand) => object | Error) {
  const client = new CodeDeployClient({ region: 'eu-central-1' });
  const commands = scriptClient(client, answer);
  return { commands, deployments: codeDeployDeployments(client) };
}
