import packageJson from '../../../package.json';
import type { Answers } from '../answers.ts';
import { stackName } from './app.ts';

/** How the package gets into a project: it is on no registry, where anybody could take its name. */
export const installCommand = `npm install --save-dev PATH/greengate-${packageJson.version}.tgz`;

const installStep = `\`${installCommand}\`, the tarball that \`npm pack\` makes in a checkout of Greengate: it is on
   no registry yet. It installs everything else too; later \`npm install\` is enough.`;

/** Next steps, for whoever finds the folder. */
export function readme(answers: Answers): string {
  return `# Deployment of ${answers.name}

${answers.mode === 'new' ? newSteps(answers) : adoptedSteps(answers)}
## Release

A push of \`${answers.repository}\` with a tag like \`${answers.tags[0]}\` starts a release:

\`\`\`sh
npx greengate wait --service ${answers.name} --image ${answers.repository}@sha256:…
npx greengate status
npx greengate rollback --service ${answers.name} --wait
\`\`\`

## Files

| File | What it is for |
| --- | --- |
| greengate.yaml | What is deployed, and the checks that a release has to pass. After a change: \`npm run validate\`, \`npm run deploy\` |
| app.mts | The CDK app. \`npm run types\` checks it, \`npm run synth\` writes the templates to cdk.out |
| cdk.json | How the CDK starts the app, and its feature flags |
`;
}

function newSteps({ name, healthPath, containerPort }: Answers): string {
  return `Makes a network, a load balancer, an image repository and an ECS service (stack \`${stackName(name)}\`), and
Greengate (stack \`GreengateController\`).

1. ${installStep}
2. \`npm run validate\`, then \`npm run synth\`: both need neither an account nor Docker. Nor does
   \`npx greengate simulator --assembly cdk.out\`, which runs all of it on this machine; a push to it is a release.
3. \`npx cdk bootstrap\`, once for each account and Region.
4. \`npm run deploy\`, which builds \`first-image/\` with Docker. It answers on port ${containerPort} until the first release.
5. Push your own image. It has to answer \`${healthPath}\` on port ${containerPort} with 200.
6. \`npx greengate preflight --service ${name}\` says beforehand what would make a release fail.
`;
}

function adoptedSteps({ name, cluster, service, strategy, deploymentGroup }: Answers): string {
  const group =
    strategy === 'codedeploy' ? `, CodeDeploy deployment group \`${deploymentGroup}\`` : '';
  return `Puts Greengate (stack \`GreengateController\`) beside a service that exists: \`${service}\` in cluster
\`${cluster}\`${group}. Nothing of the service itself is changed before a release.

1. ${installStep}
2. \`npm run validate\`, then \`npm run synth\`: both need no account.
3. \`npx greengate preflight --service ${name}\`, with credentials that may read: says what of the service would make a release
   fail, and how to mend it.
4. \`npx cdk bootstrap\`, once for each account and Region, and \`npm run deploy\`.
5. Turn off whatever deployed the service until now.
`;
}
