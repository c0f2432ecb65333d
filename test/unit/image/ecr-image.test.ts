import { describe, expect, it } from 'vitest';
import { parseEcrImage } from '../../../functions/core/image/ecr-image.ts';
import { digestOf } from '../../support/builders/releases.ts';

const serviceArn = 'arn:aws:ecs:eu-central-1:123456789012:service/prod/shop';
const host = '123456789012.dkr.ecr.eu-central-1.amazonaws.com';

describe('parseEcrImage', () => {
  it.each([
    [`${host}/team/shop@${digestOf('1')}`, 'team/shop', { digest: digestOf('1') }],
    [`${host}/team/shop:v1@${digestOf('1')}`, 'team/shop', { digest: digestOf('1') }],
    [`${host}/team/shop:v1.2_3-x`, 'team/shop', { tag: 'v1.2_3-x' }],
    [`${host}/shop`, 'shop', { tag: 'latest' }],
    [`123456789012.dkr.ecr-fips.eu-central-1.amazonaws.com/a:1`, 'a', { tag: '1' }],
  ])('reads %s', (image, repository, reference) => {
    expect(parseEcrImage(image, serviceArn)).toEqual({ repository, reference });
  });

  it.each([
    'nginx:1',
    'public.ecr.aws/nginx/nginx',
    `${host.replace('123456789012', '999999999999')}/a:1`,
    `${host.replace('eu-central-1', 'us-east-1')}/a:1`,
    `${host}/team/shop@sha256:short`,
  ])('takes %s for an image of somewhere else', (image) => {
    expect(parseEcrImage(image, serviceArn)).toBeUndefined();
  });
});
