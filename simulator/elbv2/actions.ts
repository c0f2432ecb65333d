import type {
  Action,
  TargetGroupStickinessConfig,
} from '@aws-sdk/client-elastic-load-balancing-v2';
import { AwsError } from '../core/aws-error.ts';
import type { TargetWeight } from '../core/services.ts';
import type { GroupStickiness, RoutingAction } from './state.ts';

const mostTargetGroups = 5;
const greatestWeight = 999;
const longestStickinessSeconds = 604_800;
const contentTypes = [
  'text/html',
  'application/json',
  'application/javascript',
  'text/css',
  'text/plain',
];

// Sentences as badmintoncryer/cdk-preflight measured them with AWS (rules pf-elbv2-action-*), the others are ours.

/** Reads the actions of a listener or rule; refuses what is wrong on AWS and what is not simulated. */
export function readActions(actions: readonly Action[] | undefined): RoutingAction {
  const [action, ...more] = actions ?? [];
  if (!action?.Type) throw validationError('You must specify an action');
  const unsupported = [action, ...more].find(({ Type }) => !isRouting(Type));
  if (unsupported) throw notSimulated(`action type ${unsupported.Type}`);
  if (more.length > 0) {
    throw new AwsError(
      'InvalidLoadBalancerActionException',
      `Action types '${[action, ...more].map(({ Type }) => Type).join(',')}' cannot be specified together`,
    );
  }
  const order = action.Order === undefined ? {} : { order: action.Order };
  if (action.Type === 'redirect') {
    if (!action.RedirectConfig?.StatusCode) throw validationError('RedirectConfig is required');
    refuseLoop(action.RedirectConfig);
    return { type: 'redirect', redirect: action.RedirectConfig, ...order };
  }
  if (action.Type === 'fixed-response') {
    const response = action.FixedResponseConfig;
    if (!/^[245]\d\d$/.test(response?.StatusCode ?? '')) {
      throw validationError('FixedResponseConfig.StatusCode must be 2XX, 4XX or 5XX');
    }
    const contentType = response?.ContentType;
    if (contentType && !contentTypes.includes(contentType)) {
      const listed = contentTypes.map((type) => `'${type}'`).join(', ');
      throw validationError(`The ContentType must be one of:${listed}.`);
    }
    return {
      type: 'fixed-response',
      response: { ...response, StatusCode: response?.StatusCode },
      ...order,
    };
  }
  const stickiness = readStickiness(action.ForwardConfig?.TargetGroupStickinessConfig);
  return { type: 'forward', weights: readForward(action), ...stickiness, ...order };
}

/** Both forms for a single group, only ForwardConfig for several (aws-facts 4.1). */
export function describeAction(action: RoutingAction): Action {
  const order = action.order === undefined ? {} : { Order: action.order };
  switch (action.type) {
    case 'redirect':
      return { Type: 'redirect', RedirectConfig: withRedirectDefaults(action.redirect), ...order };
    case 'fixed-response':
      return { Type: 'fixed-response', FixedResponseConfig: action.response, ...order };
    case 'forward': {
      const [first, ...others] = action.weights;
      return {
        Type: 'forward',
        ...(first && others.length === 0 && { TargetGroupArn: first.targetGroupArn }),
        ...order,
        ForwardConfig: {
          TargetGroups: action.weights.map(({ targetGroupArn, weight }) => ({
            TargetGroupArn: targetGroupArn,
            Weight: weight,
          })),
          TargetGroupStickinessConfig: action.stickiness
            ? {
                Enabled: action.stickiness.enabled,
                DurationSeconds: action.stickiness.durationSeconds,
              }
            : { Enabled: false },
        },
      };
    }
  }
}

/** Target groups that the action names, at whatever weight. */
export function targetGroupsOf(action: RoutingAction): readonly string[] {
  return action.type === 'forward' ? action.weights.map((entry) => entry.targetGroupArn) : [];
}

export function checkWeights(weights: readonly TargetWeight[]): readonly TargetWeight[] {
  if (weights.length === 0) throw validationError('A forward action needs a target group');
  if (weights.length > mostTargetGroups) {
    throw new AwsError(
      'TooManyTargetGroupsException',
      `You cannot specify more than ${mostTargetGroups} target groups per action`,
    );
  }
  for (const { weight } of weights) {
    if (Number.isInteger(weight) && weight >= 0 && weight <= greatestWeight) continue;
    throw validationError(
      `The weight for each target group must be between 0 and ${greatestWeight}, inclusive`,
    );
  }
  return weights;
}

export function validationError(message: string): AwsError {
  return new AwsError('ValidationError', message);
}

/** The refusal of something that AWS can and the simulator cannot (style habit 22). */
export function notSimulated(what: string): AwsError {
  return new AwsError('NotImplemented', `Not simulated: ${what} of Elastic Load Balancing`);
}

function isRouting(type: Action['Type']): boolean {
  return type === 'forward' || type === 'redirect' || type === 'fixed-response';
}

function readForward(action: Action): readonly TargetWeight[] {
  const config = action.ForwardConfig;
  const groups = config?.TargetGroups ?? [];
  if (groups.length === 0) {
    if (!action.TargetGroupArn) throw validationError('A forward action needs a target group');
    return [{ targetGroupArn: action.TargetGroupArn, weight: 1 }];
  }
  const weights = groups.map(({ TargetGroupArn, Weight }) => {
    if (!TargetGroupArn) throw validationError('ForwardConfig.TargetGroups needs TargetGroupArn');
    // Only a sole group may leave its weight out.
    return { targetGroupArn: TargetGroupArn, weight: Weight ?? (groups.length === 1 ? 1 : -1) };
  });
  const agrees = weights.length === 1 && weights[0]?.targetGroupArn === action.TargetGroupArn;
  if (action.TargetGroupArn && !agrees) {
    throw new AwsError(
      'InvalidLoadBalancerActionException',
      'You can specify both a target group list and a top-level target group ARN only if the ARNs match',
    );
  }
  return checkWeights(weights);
}

function readStickiness(config: TargetGroupStickinessConfig | undefined): {
  readonly stickiness?: GroupStickiness;
} {
  if (config?.DurationSeconds === undefined && config?.Enabled !== true) return {};
  const durationSeconds = config.DurationSeconds ?? 0;
  // Terraform sends 0 with stickiness that is off.
  if (config.Enabled !== true && durationSeconds === 0) return {};
  if (config.DurationSeconds === undefined) {
    throw validationError('You must provide a duration when enabling target group stickiness');
  }
  if (durationSeconds < 1 || durationSeconds > longestStickinessSeconds) {
    throw validationError(
      `Target group stickiness duration must be between 1 and ${longestStickinessSeconds} seconds`,
    );
  }
  return { stickiness: { enabled: config.Enabled === true, durationSeconds } };
}

/** What a redirect keeps; without a change of one of these it leads back to itself. */
const kept = { Protocol: '#{protocol}', Host: '#{host}', Port: '#{port}', Path: '/#{path}' };

function withRedirectDefaults(redirect: NonNullable<Action['RedirectConfig']>) {
  return { ...kept, Query: '#{query}', ...redirect };
}

function refuseLoop(redirect: NonNullable<Action['RedirectConfig']>): void {
  const parts = Object.entries(kept) as [keyof typeof kept, string][];
  if (parts.some(([part, same]) => (redirect[part] ?? same) !== same)) return;
  throw new AwsError(
    'InvalidLoadBalancerActionException',
    'The redirect configuration is not valid because it creates a loop.',
  );
}
