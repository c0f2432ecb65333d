import type { World } from '../core/world.ts';
import type { WireService } from '../wire/operation.ts';
import { applicationOperations } from './application-operations.ts';
import { configOperations } from './config-operations.ts';
import { deploymentOperations } from './deployment-operations.ts';
import { groupOperations } from './group-operations.ts';
import type { CodeDeployModel } from './model.ts';
import { revisionOperations } from './revision-operations.ts';
import { tagOperations } from './tag-operations.ts';
import { targetOperations } from './target-operations.ts';

export function codedeployWire(model: CodeDeployModel, world: World): WireService {
  return {
    name: 'codedeploy',
    operations: {
      ...applicationOperations(model),
      ...groupOperations(model),
      ...configOperations(model),
      ...tagOperations(model),
      ...revisionOperations(model, world),
      ...deploymentOperations(model),
      ...targetOperations(model, world),
    },
  };
}
