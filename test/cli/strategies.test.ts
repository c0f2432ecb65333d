import { describe, expect, it } from 'vitest';
import { judgeExpectations } from '../../cli/rehearsal/expectations.ts';
import { chooseStrategy } from '../../cli/rehearsal/strategies.ts';
import { predefinedShifts, shiftNamed } from '../../infra/traffic-shift.ts';
import { repositoryConfig } from '../infra/synthesized.ts';

const config = repositoryConfig();

describe('chooseStrategy', () => {
  it('leaves everything as it is without an option', () => {
    expect(chooseStrategy(config, {})).toEqual({ config });
  });

  it.each([
    ['canary', 'CodeDeployDefault.ECSCanary10Percent5Minutes'],
    ['linear', 'CodeDeployDefault.ECSLinear10PercentEvery1Minutes'],
    ['all-at-once', 'CodeDeployDefault.ECSAllAtOnce'],
  ])('shifts by %s as %s', (strategy, name) => {
    expect(chooseStrategy(config, { strategy })).toEqual({ config, shift: { name } });
  });

  it('has ECS itself deploy the sample, with the same checks', () => {
    const { config: changed, shift } = chooseStrategy(config, { strategy: 'rolling' });
    expect(shift).toBeUndefined();
    expect(changed.services[0]?.target).toMatchObject({
      strategy: 'ecs-rolling',
      cluster: 'greengate-sample',
      service: 'shop',
    });
    expect(changed.services[0]?.checks).toEqual(config.services[0]?.checks);
  });

  it.each([
    [{ strategy: 'blue' }, 'There is no strategy blue, expected one of canary, linear'],
    [{ deploymentConfig: 'Fast' }, 'There is no deployment configuration Fast, expected one of'],
    [{ strategy: 'canary', deploymentConfig: 'ECSAllAtOnce' }, 'Name either'],
  ])('refuses %o in one line', (options, message) => {
    expect(() => chooseStrategy(config, options)).toThrow(message);
  });
});

describe('shiftNamed', () => {
  it.each(predefinedShifts)('knows %s, also without its prefix', (name) => {
    expect(shiftNamed(name)).toEqual({ name });
    expect(shiftNamed(name.replace('CodeDeployDefault.', ''))).toEqual({ name });
  });

  it('reads a custom one out of its name', () => {
    expect(shiftNamed('Canary25Percent2Minutes')?.custom).toEqual({
      type: 'canary',
      percentage: 25,
      minutes: 2,
    });
    expect(shiftNamed('Linear20PercentEvery12Minutes')?.custom).toEqual({
      type: 'linear',
      percentage: 20,
      minutes: 12,
    });
    expect(shiftNamed('Canary0Percent2Minutes')).toBeUndefined();
  });
});

describe('the expectations of a rolling update', () => {
  const judged = (productionErrors: number) =>
    judgeExpectations({
      releases: [],
      productionRequests: 100,
      productionErrors,
      executionsOfDuplicatedPush: 1,
      deliveriesOfDuplicatedPush: 2,
      rolling: true,
      byRelease: {
        v2: { requests: 60, byStatus: { 200: 60 } },
        v3: { requests: 40, byStatus: { 200: 37, 500: 3 } },
      },
    }).at(-1);

  it('counts what the bad releases served, and takes no other error', () => {
    expect(judged(3)).toMatchObject({
      held: true,
      expectation: 'clients saw 3 error(s) of v3 and v4, and no other',
    });
    expect(judged(4)).toMatchObject({ held: false });
  });
});
