import type { CloudWatchService } from '../core/services.ts';
import type { RequestOutcome } from './finished-request.ts';
import type { Listener } from './state.ts';

const namespace = 'AWS/ApplicationELB';

/**
 * The metrics of one finished request, per load balancer and per load balancer and target group;
 * `receiving` is the number of the group's targets that get requests.
 */
export function putRequestMetrics(
  cloudwatch: CloudWatchService,
  outcome: RequestOutcome,
  receiving = 0,
): void {
  const { request, listener, targetGroup, answeredByTarget } = outcome;
  const LoadBalancer = listener.loadBalancer.fullName;
  const put = (
    name: string,
    value: number,
    dimensions: Readonly<Record<string, string>> = { LoadBalancer },
  ) => cloudwatch.putMetric({ namespace, name, dimensions, value });
  const putForGroup = (name: string, value: number) => {
    put(name, value);
    if (targetGroup) put(name, value, { LoadBalancer, TargetGroup: targetGroup.fullName });
  };
  const family = `${Math.floor(request.status / 100)}XX`;
  if (answeredByTarget) {
    putForGroup('RequestCount', 1);
    if (targetGroup && receiving > 0) {
      const { fullName: TargetGroup } = targetGroup;
      // Its Sum over a period is the average number of requests of a target (ALB guide).
      put('RequestCountPerTarget', 1 / receiving, { TargetGroup });
      put('RequestCountPerTarget', 1 / receiving, { LoadBalancer, TargetGroup });
    }
    // There is no metric of 1XX: an opened WebSocket is a request and nothing else.
    if (request.status >= 200) putForGroup(`HTTPCode_Target_${family}_Count`, 1);
    putForGroup('TargetResponseTime', request.durationMs / 1_000);
    return;
  }
  put('RequestCount', 1);
  put(`HTTPCode_ELB_${family}_Count`, 1);
  if (request.status >= 500) put(`HTTPCode_ELB_${request.status}_Count`, 1);
  if (targetGroup && request.status === 502) putForGroup('TargetConnectionErrorCount', 1);
}

/** A client that gave up on, or was refused by, the listener's TLS. */
export function putTlsError(cloudwatch: CloudWatchService, { loadBalancer }: Listener): void {
  const dimensions = { LoadBalancer: loadBalancer.fullName };
  cloudwatch.putMetric({ namespace, name: 'ClientTLSNegotiationErrorCount', dimensions, value: 1 });
}
