import type { World } from '../core/world.ts';
import type { WireService } from '../wire/operation.ts';
import type { SecretsManagerModel } from './model.ts';
import { policyOperations } from './policy-operations.ts';
import { secretOperations } from './secret-operations.ts';
import { valueOperations } from './value-operations.ts';

/** The Secrets Manager API. */
export function secretsManagerWire(model: SecretsManagerModel, world: World): WireService {
  return {
    name: 'secrets-manager',
    operations: {
      ...secretOperations(model),
      ...valueOperations(model, world),
      ...policyOperations(model),
    },
  };
}
