/** Tells what is wrong with a value; undefined when nothing is. */
type Check = (value: string) => string | undefined;

const oneOf =
  (...values: string[]): Check =>
  (value) =>
    values.includes(value) ? undefined : `must be one of '${values.join(', ')}'`;

const whole =
  (least: number, greatest: number, ...words: string[]): Check =>
  (value) => {
    const number = /^\d{1,9}$/.test(value) ? Number(value) : Number.NaN;
    if (words.includes(value) || (number >= least && number <= greatest)) return undefined;
    const other = words.map((word) => `'${word}' or `).join('');
    return `must be ${other}a number from ${least} to ${greatest}`;
  };

const boolean = oneOf('true', 'false');
const week = 604_800;

/** What attributes may be set to (API reference, LoadBalancerAttribute and TargetGroupAttribute). */
const checks: Readonly<Record<string, Check>> = {
  'idle_timeout.timeout_seconds': whole(1, 4_000),
  'client_keep_alive.seconds': whole(60, week),
  'routing.http.xff_header_processing.mode': oneOf('append', 'preserve', 'remove'),
  'routing.http.desync_mitigation_mode': oneOf('monitor', 'defensive', 'strictest'),
  'stickiness.type': oneOf('lb_cookie', 'app_cookie'),
  'stickiness.lb_cookie.duration_seconds': whole(1, week),
  'stickiness.app_cookie.duration_seconds': whole(1, week),
  'deregistration_delay.timeout_seconds': whole(0, 3_600),
  'slow_start.duration_seconds': (value) => (value === '0' ? undefined : whole(30, 900)(value)),
  'load_balancing.algorithm.type': oneOf(
    'round_robin',
    'least_outstanding_requests',
    'weighted_random',
  ),
  'load_balancing.algorithm.anomaly_mitigation': oneOf('on', 'off'),
  'target_group_health.unhealthy_state_routing.minimum_healthy_targets.count': whole(1, 1_000),
  'target_group_health.unhealthy_state_routing.minimum_healthy_targets.percentage': whole(
    1,
    100,
    'off',
  ),
  'target_group_health.dns_failover.minimum_healthy_targets.count': whole(1, 1_000, 'off'),
  'target_group_health.dns_failover.minimum_healthy_targets.percentage': whole(1, 100, 'off'),
};

/** What is wrong with an attribute's new value; undefined when nothing is. */
export function wrongValue(key: string, value: string): string | undefined {
  const check = checks[key] ?? (key.endsWith('.enabled') && !crossZone(key) ? boolean : undefined);
  return check?.(value);
}

/** A target group may also leave the choice to its load balancer. */
function crossZone(key: string): boolean {
  return key === 'load_balancing.cross_zone.enabled';
}

/** Combinations that AWS refuses (ALB guide, "Slow start mode" and "Application-based stickiness"). */
export function wrongCombination(attributes: ReadonlyMap<string, string>): string | undefined {
  const algorithm = attributes.get('load_balancing.algorithm.type') ?? 'round_robin';
  if (attributes.get('slow_start.duration_seconds') !== '0' && algorithm !== 'round_robin') {
    return `Slow start mode is not supported with the routing algorithm '${algorithm}'`;
  }
  const cookie = attributes.get('stickiness.app_cookie.cookie_name') ?? '';
  const appCookie =
    attributes.get('stickiness.enabled') === 'true' &&
    attributes.get('stickiness.type') === 'app_cookie';
  if (appCookie && cookie === '') {
    return 'Application-based stickiness needs stickiness.app_cookie.cookie_name';
  }
  if (/^AWSALB(APP|TG)?/.test(cookie)) return `The cookie name '${cookie}' is reserved`;
  return undefined;
}
