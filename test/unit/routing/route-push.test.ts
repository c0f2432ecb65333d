import { describe, expect, it } from 'vitest';
import { routePush } from '../../../functions/core/routing/route-push.ts';
import { configOf, serviceConfig } from '../../support/builders/releases.ts';

const config = configOf(
  serviceConfig({ name: 'shop', image: { repository: 'team/shop', tags: ['v*'] } }),
  serviceConfig({ name: 'cart', image: { repository: 'team/cart', tags: ['v*'] } }),
  serviceConfig({
    name: 'shop-staging',
    image: { repository: 'team/shop', tags: ['v*', 'main-*'] },
  }),
);

describe('routePush', () => {
  it.each([
    ['v1', ['shop', 'shop-staging']],
    ['main-3', ['shop-staging']],
  ])('sends tag %s of team/shop to %j', (tag, names) => {
    const routing = routePush(config, { repository: 'team/shop', tag });
    expect(routing.kind === 'matched' && routing.services.map(({ name }) => name)).toEqual(names);
  });

  it.each([
    [
      { repository: 'team/other', tag: 'v1' },
      'No service takes images of repository "team/other", only of "team/shop", "team/cart"',
    ],
    [
      { repository: 'shop', tag: 'v1' },
      'No service takes images of repository "shop", only of "team/shop", "team/cart"',
    ],
    [
      { repository: 'team/shop', tag: 'dev' },
      'Tag "dev" of team/shop matches no pattern of service shop (v*) or service shop-staging (v*, main-*)',
    ],
  ])('explains why nothing takes %j', (push, reason) => {
    expect(routePush(config, push)).toEqual({ kind: 'unmatched', reason });
  });
});
