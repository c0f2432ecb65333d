import type { WireService } from '../wire/operation.ts';
import { labelOperations } from './label-operations.ts';
import type { SsmModel } from './model.ts';
import { readOperations } from './read-operations.ts';
import { writeOperations } from './write-operations.ts';

/** Parameter Store's part of the Systems Manager API. */
export function ssmWire(model: SsmModel): WireService {
  return {
    name: 'ssm',
    operations: {
      ...readOperations(model),
      ...writeOperations(model),
      ...labelOperations(model),
    },
  };
}
