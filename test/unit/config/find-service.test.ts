import { expect, it } from 'vitest';
import { findService } from '../../../functions/core/config/find-service.ts';
import { InvalidConfigError } from '../../../functions/core/errors.ts';
import { configOf, serviceConfig } from '../../support/builders/releases.ts';

const config = configOf(serviceConfig({ name: 'shop' }), serviceConfig({ name: 'cart' }));

it('finds a service by its name', () => {
  expect(findService(config, 'cart').name).toBe('cart');
});

it('lists the names there are when the one asked for is not', () => {
  expect(() => findService(config, 'shp')).toThrow(
    new InvalidConfigError(
      'Service "shp" is not in the configuration that was deployed, expected one of: shop, cart',
    ),
  );
});
