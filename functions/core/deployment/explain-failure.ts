import { explainRefusedApproval } from '../approval/approval.ts';
import type { HookReport } from '../hooks/hook-report.ts';
import type { Deployment } from '../ports/deployments.ts';
import type { Verdict } from '../verdict/verdict.ts';
import type { DeploymentStory } from './deployment-record.ts';
import { failedLifecycleEvent } from './status.ts';

const said: Readonly<Record<Verdict, string>> = {
  pass: 'passed',
  fail: 'failed',
  inconclusive: 'was inconclusive',
  error: 'could not judge',
};

/**
 * Why a deployment did not succeed, e.g. `AfterAllowTestTraffic failed: GET /products: expected … , got …`.
 * The hook's own report knows most; without one CodeDeploy's error information has to do.
 */
export function explainFailure(story: DeploymentStory): string {
  const { deployment, target, hooks, stop, approval } = story;
  // A hook may have failed just before the stop came; what stopped it is still why it ended.
  if (stop !== undefined && deployment.status === 'Stopped') return stop.sentence;
  const event = failedLifecycleEvent(target);
  // So of one that somebody else or an alarm stopped: a failed hook makes a deployment Failed (aws-facts 3.2).
  if (deployment.status === 'Stopped') return explainStop(deployment, event);
  const report = decisiveReport(hooks, event);
  if (report !== undefined) return explainReport(report);
  const refused = explainRefusedApproval(approval);
  if (refused !== undefined) return refused;
  return `${event ?? `deployment ${deployment.deploymentId}`} failed: ${reasonOf(deployment)}`;
}

/** A sentence that names the event itself says all: `BeforeAllowTraffic passed, but nobody could be asked …`. */
function explainReport({ lifecycleEvent, verdict, sentence }: HookReport): string {
  return sentence.startsWith(`${lifecycleEvent} `)
    ? sentence
    : `${lifecycleEvent} ${said[verdict]}: ${sentence}`;
}

function explainStop(deployment: Deployment, event: string | undefined): string {
  const during = event === undefined ? '' : ` during ${event}`;
  return `deployment ${deployment.deploymentId} was stopped${during}: ${reasonOf(deployment)}`;
}

function reasonOf({ error }: Pick<Deployment, 'error'>): string {
  return error === undefined
    ? 'CodeDeploy gives no reason'
    : `${error.code}: ${trimStop(error.message)}`;
}

/** The report of the lifecycle event that failed, if it did not pass itself. */
export function decisiveReport(
  hooks: readonly HookReport[],
  failedEvent: string | undefined,
): HookReport | undefined {
  return hooks.find((report) => report.lifecycleEvent === failedEvent && report.verdict !== 'pass');
}

/** Our sentences end without a full stop, CodeDeploy's with one. */
function trimStop(message: string): string {
  return message.replace(/\.$/, '');
}
