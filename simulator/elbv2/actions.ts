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

/** Reads the actions of a listener or rule; refuses what is wrong on AWS and what is not simulated. */
export function readActions(actions: readonly Action[] | undefined): RoutingAction {
  const [action, ...more] = actions ?? [];
  if (!action?.Type) throw validationError('You must specify an action');
  const unsupported = [action, ...more].find(({ Type }) => !isRouting(Type));
  if (unsupported) throw notSimulated(`action type ${unsupported.Type}`);
  if (more.length > 0) {
    throw new AwsError(
      'InvalidLoadBalancerActionException',
      'You must specify exactly one forward, redirect or fixed-response action',
    );
  }
  const order = action.Order === undefined ? {} : { order: action.Order };
  if (action.Type === 'redirect') {
    if (!action.RedirectConfig?.StatusCode) throw validationError('RedirectConfig is required');
    return { type: 'redirect', redirect: action.RedirectConfig, ...order };
  }
  if (action.Type === 'fixed-response') {
    const response = action.FixedResponseConfig;
    if (!/^[245]\d\d$/.test(response?.StatusCode ?? '')) {
      throw validationError('FixedResponseConfig.StatusCode must be 2XX, 4XX or 5XX');
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
      `A forward action can name at most ${mostTargetGroups} target groups, not ${weights.length}`,
    );
  }
  for (const { weight, targetGroupArn } of weights) {
    if (Number.isInteger(weight) && weight >= 0 && weight <= greatestWeight) continue;
    throw validationError(
      `Weight ${weight} of target group '${targetGroupArn}' must be between 0 and ${greatestWeight}`,
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
    return { targetGroupArn: TargetGroupArn, weight: Weight ?? 1 };
  });
  const agrees = weights.length === 1 && weights[0]?.targetGroupArn === action.TargetGroupArn;
  if (action.TargetGroupArn && !agrees) {
    throw new AwsError(
      'InvalidLoadBalancerActionException',
      'TargetGroupArn and ForwardConfig of a forward action must name the same single target group',
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
  if (durationSeconds < 1 || durationSeconds > longestStickinessSeconds) {
    throw validationError(
      `Target group stickiness duration must be between 1 and ${longestStickinessSeconds} seconds`,
    );
  }
  return { stickiness: { enabled: config.Enabled === true, durationSeconds } };
}

function withRedirectDefaults(redirect: NonNullable<Action['RedirectConfig']>) {
  return {
    Protocol: '#{protocol}',
    Host: '#{host}',
    Port: '#{port}',
    Path: '/#{path}',
    Query: '#{query}',
    ...redirect,
  };
}
