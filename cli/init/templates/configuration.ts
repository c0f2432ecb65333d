import { stringify } from 'yaml';
import type { Answers } from '../answers.ts';

/** greengate.yaml: one service and a first check of it. */
export function configuration(answers: Answers): string {
  const { mode, name, repository, tags, strategy, cluster, service, container } = answers;
  const { application, deploymentGroup, healthPath } = answers;
  const blueGreen = strategy === 'codedeploy';
  // CloudWatch has an alarm by this name only where the constructs made it.
  const alarms = mode === 'new' ? [{ type: 'alarms', names: [`${name}-5xx`] }] : undefined;
  const document = {
    services: [
      {
        name,
        image: { repository, tags },
        target: {
          ...{ strategy, cluster, service, container },
          ...(blueGreen && { application, deploymentGroup }),
        },
        checks: {
          afterAllowTestTraffic: [
            { type: 'http', path: healthPath, requests: 20, expect: { status: 200 } },
          ],
          ...(alarms && { beforeAllowTraffic: alarms }),
        },
      },
    ],
  };
  return `# What Greengate deploys, and how a release proves itself. Check it with: npm run validate
${stringify(document, { lineWidth: 0 })}`;
}
