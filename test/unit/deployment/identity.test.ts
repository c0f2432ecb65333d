import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  deploymentDescription,
  maxDescriptionLength,
  parseDeploymentDescription,
} from '../../../functions/core/deployment/identity.ts';

const executionName = fc.stringMatching(/^[\w. -]{1,80}$/);

describe('deploymentDescription', () => {
  it('names execution and redrive', () => {
    const identity = { executionName: 'shop-222222222222-ab', redriveCount: 3 };

    expect(deploymentDescription(identity)).toBe('greengate shop-222222222222-ab redrive 3');
  });

  it('is read back, fits CodeDeploy and differs for every redrive', () => {
    fc.assert(
      fc.property(executionName, fc.nat(), (name, redriveCount) => {
        const identity = { executionName: name, redriveCount };
        const description = deploymentDescription(identity);
        expect(parseDeploymentDescription(description)).toEqual(identity);
        expect(description.length).toBeLessThanOrEqual(maxDescriptionLength);
        expect(description).not.toBe(
          deploymentDescription({ ...identity, redriveCount: redriveCount + 1 }),
        );
      }),
    );
  });
});

describe('parseDeploymentDescription', () => {
  it.each([
    [undefined],
    [''],
    ['greengate'],
    ['greengate shop redrive'],
    ['greengate shop redrive 1 by hand'],
    ['not greengate shop redrive 1'],
  ])('finds no identity in %j', (description) => {
    expect(parseDeploymentDescription(description)).toBeUndefined();
  });
});
