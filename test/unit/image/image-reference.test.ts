import { describe, expect, it } from 'vitest';
import { UnsupportedError } from '../../../functions/core/errors.ts';
import { imageReference } from '../../../functions/core/image/image-reference.ts';
import { digestOf } from '../../support/builders/releases.ts';

describe('imageReference', () => {
  it.each([
    [
      'arn:aws:ecs:eu-central-1:123456789012:service/prod/shop',
      '123456789012.dkr.ecr.eu-central-1.amazonaws.com',
    ],
    [
      'arn:aws-us-gov:ecs:us-gov-west-1:123456789012:service/prod/shop',
      '123456789012.dkr.ecr.us-gov-west-1.amazonaws.com',
    ],
    [
      'arn:aws-cn:ecs:cn-north-1:123456789012:service/prod/shop',
      '123456789012.dkr.ecr.cn-north-1.amazonaws.com.cn',
    ],
  ])('takes the registry from %s', (serviceArn, host) => {
    expect(imageReference(serviceArn, 'team/shop', digestOf('a'))).toBe(
      `${host}/team/shop@${digestOf('a')}`,
    );
  });

  it.each([
    '',
    'shop',
    'arn:aws-iso:ecs:us-iso-east-1:123456789012:service/prod/shop',
    'arn:aws:ecs:::x',
  ])('refuses service ARN %j', (serviceArn) => {
    expect(() => imageReference(serviceArn, 'team/shop', digestOf('a'))).toThrow(UnsupportedError);
  });
});
