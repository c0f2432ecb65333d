import type { ApprovalRequest } from '../approval/approval-request.ts';
import type { CheckResult } from '../checks/check-result.ts';
import type { HookReport } from '../hooks/hook-report.ts';
import { asciiSubject, type Notification } from './render-notification.ts';

/** Lines of checks that a person reads. */
const maxChecks = 20;
const maxLineLength = 500;

/** Asks for an approval: what the checks found, and one line of the AWS CLI for each answer. */
export function renderApprovalNotification(
  request: ApprovalRequest,
  { sentence, checks }: Pick<HookReport, 'sentence' | 'checks'>,
  region: string,
): Notification {
  const { service, deploymentId, expiresAt } = request;
  const lines = [
    `The replacement of ${service} passed its checks and waits for approval before production traffic, until ${expiresAt}`,
    '',
    `Service: ${service}`,
    `Deployment: ${deploymentId}`,
    `BeforeAllowTraffic: ${sentence}`,
    ...checks.slice(0, maxChecks).map(checkLine),
    '',
    'Approve:',
    answerLine(request, 'Succeeded', region),
    '',
    'Reject:',
    answerLine(request, 'Failed', region),
    '',
    'Without an answer the deployment is rolled back.',
  ];
  return {
    subject: asciiSubject(`Greengate: ${service} waits for approval, ${deploymentId}`),
    message: lines.join('\n'),
  };
}

function checkLine({ verdict, sentence }: CheckResult): string {
  return `- ${verdict}: ${sentence}`.replaceAll(/\s+/g, ' ').slice(0, maxLineLength);
}

function answerLine(
  { deploymentId, hookExecutionId }: ApprovalRequest,
  status: 'Succeeded' | 'Failed',
  region: string,
): string {
  return [
    'aws deploy put-lifecycle-event-hook-execution-status',
    `--region ${quoted(region)}`,
    `--deployment-id ${quoted(deploymentId)}`,
    `--lifecycle-event-hook-execution-id ${quoted(hookExecutionId)}`,
    `--status ${status}`,
  ].join(' ');
}

/** People paste the line into a shell: whatever an id holds stays one word of it. */
function quoted(text: string): string {
  return /^[A-Za-z0-9._/:=+-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`;
}
