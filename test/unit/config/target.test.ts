import { describe, expect, it } from 'vitest';
import { parseConfig } from '../../../functions/core/config/parse.ts';
import { codeDeployService, rollingService } from '../../../functions/core/config/strategy-of.ts';
import { problemsOf, serviceText } from './config-text.ts';

/** A service that ECS rolls out, with `target` on line 6. */
const rollingText = serviceText
  .replace('target:', 'target:\n      strategy: ecs-rolling')
  .replace(/ +application.*\n +deploymentGroup.*\n/, '');

function serviceOf(yaml: string) {
  const parsed = parseConfig(yaml, 'greengate.yaml');
  const [service] = parsed.ok ? parsed.config.services : [];
  if (service === undefined) throw new Error(`Refused: ${JSON.stringify(parsed)}`);
  return service;
}

describe('a target', () => {
  it('is codedeploy when it names no strategy', () => {
    expect(serviceOf(serviceText).target).toMatchObject({ strategy: 'codedeploy' });
  });

  it('keeps what the service has where a rolling target leaves it out', () => {
    expect(serviceOf(rollingText).target).toEqual({
      strategy: 'ecs-rolling',
      cluster: 'prod',
      service: 'shop',
      container: 'app',
      circuitBreaker: true,
      bakeMinutes: 5,
    });
  });

  it.each([
    [
      'a member of CodeDeploy in a rolling target',
      `${rollingText}      application: shop\n`,
      'services[0].target.application: belongs to strategy codedeploy, and this target is ecs-rolling: take it out, or change target.strategy',
    ],
    [
      'a member of rolling in a target that names no strategy',
      `${serviceText}      circuitBreaker: true\n`,
      'services[0].target.circuitBreaker: belongs to strategy ecs-rolling, and this target names none and so is codedeploy: take it out, or change target.strategy',
    ],
    [
      'a member that nobody has',
      `${rollingText}      bakeHours: 1\n`,
      'services[0].target.bakeHours: is not a known member',
    ],
    [
      'percentages that leave no room',
      `${rollingText}      minimumHealthyPercent: 100\n      maximumPercent: 100\n`,
      'services[0].target.maximumPercent: is 100 and minimumHealthyPercent is 100 too, so that no task could be started or stopped, expected one of them to leave room',
    ],
    [
      'a maximum below what is desired',
      `${rollingText}      maximumPercent: 50\n`,
      'services[0].target.maximumPercent: is 50, expected at least 100',
    ],
  ])('refuses %s', (_, yaml, problem) => {
    expect(problemsOf(yaml)).toEqual([expect.stringContaining(problem)]);
  });

  it('takes 100 % of the one when the other leaves room', () => {
    expect(problemsOf(`${rollingText}      minimumHealthyPercent: 100\n`)).toEqual([]);
    expect(problemsOf(`${rollingText}      maximumPercent: 100\n`)).toEqual([]);
  });

  it('is refused by a step of the other strategy, naming both', () => {
    expect(() => codeDeployService(serviceOf(rollingText))).toThrow(
      /"shop" has target.strategy ecs-rolling, expected codedeploy/,
    );
    expect(() => rollingService(serviceOf(serviceText))).toThrow(
      /has target.strategy codedeploy, expected ecs-rolling/,
    );
  });
});
