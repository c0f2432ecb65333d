import { UsageError } from '../../cli/terminal/run-command.ts';
import type { Strategy } from '../../functions/core/config/target-schema.ts';
import {
  type CallEffectName,
  callEffects,
  type EventEffectName,
  eventEffects,
  type FaultPoint,
} from './fault-point.ts';

export const scenarioNames = [
  'success',
  'rollback',
  'supersede',
  'redrive',
  'stop',
  'rolling-success',
  'rolling-rollback',
  'rolling-crash-loop',
  'rolling-bake',
  'rolling-queue',
  'rolling-next',
  'rolling-redrive',
  'rolling-stop',
] as const;
export type ScenarioName = (typeof scenarioNames)[number];

/** By which strategy a scenario releases. */
export function strategyOf(scenario: ScenarioName): Strategy {
  return scenario.startsWith('rolling-') ? 'ecs-rolling' : 'codedeploy';
}

export const caseKinds = ['crash', 'call', 'event', 'random'] as const;
export type CaseKind = (typeof caseKinds)[number];

/** A scenario with what goes wrong in it. */
export interface FaultCase {
  readonly scenario: ScenarioName;
  /** None: the scenario as it goes when nothing is broken. */
  readonly faults: readonly FaultPoint[];
}

/**
 * Names a case by all that it takes to play it again, without the recording that it was derived from:
 * `success:crash-before@greengate-run-deployment/codedeploy.CreateDeployment#1`.
 */
export function caseId({ scenario, faults }: FaultCase): string {
  return `${scenario}:${faults.map(pointId).join('+') || 'nothing'}`;
}

export function kindOf({ faults }: FaultCase): CaseKind {
  const [first] = faults;
  if (first === undefined || faults.length > 1) return 'random';
  if (first.on === 'event') return 'event';
  return first.effect.startsWith('crash') ? 'crash' : 'call';
}

/** UsageError for what is not the id of a case. */
export function parseCaseId(id: string): FaultCase {
  const [name, ...rest] = id.split(':');
  const scenario = scenarioNames.find((one) => one === name);
  const points = rest.join(':');
  if (scenario === undefined || points === '') {
    throw new UsageError(
      `"${id}" is no case: expected SCENARIO:EFFECT@PLACE#N, SCENARIO one of ${scenarioNames.join(', ')}`,
    );
  }
  if (points === 'nothing') return { scenario, faults: [] };
  return { scenario, faults: points.split('+').map(parsePoint) };
}

function pointId(point: FaultPoint): string {
  const { effect, ordinal } = point;
  const place =
    point.on === 'call'
      ? `${point.functionName}/${point.service}.${point.operation}`
      : `${point.source}/${point.detailType.replaceAll(' ', '_')}`;
  return `${effect}@${place}#${ordinal}`;
}

function parsePoint(text: string): FaultPoint {
  const [, effect = '', place = '', thing = '', count = ''] =
    /^([a-z-]+)@([^/]+)\/(.+)#(\d+)$/.exec(text) ?? [];
  const ordinal = Number(count);
  if (isOneOf(eventEffects, effect)) {
    return eventPoint(effect, place, thing.replaceAll('_', ' '), ordinal);
  }
  const at = thing.lastIndexOf('.');
  if (isOneOf(callEffects, effect) && at > 0 && ordinal > 0) {
    const service = thing.slice(0, at);
    return callPoint(effect, place, service, thing.slice(at + 1), ordinal);
  }
  throw new UsageError(
    `"${text}" is no fault: expected EFFECT@FUNCTION/SERVICE.OPERATION#N with EFFECT one of ${callEffects.join(', ')}, or EFFECT@SOURCE/DETAIL_TYPE#N with one of ${eventEffects.join(', ')}`,
  );
}

function eventPoint(
  effect: EventEffectName,
  source: string,
  detailType: string,
  ordinal: number,
): FaultPoint {
  return { on: 'event', effect, source, detailType, ordinal };
}

function callPoint(
  effect: CallEffectName,
  functionName: string,
  service: string,
  operation: string,
  ordinal: number,
): FaultPoint {
  return { on: 'call', effect, functionName, service, operation, ordinal };
}

function isOneOf<T extends string>(names: readonly T[], name: string): name is T {
  return names.some((one) => one === name);
}
