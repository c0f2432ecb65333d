import type { World } from '../core/world.ts';
import type { WireService } from '../wire/operation.ts';
import { bucketOperations } from './bucket-operations.ts';
import type { S3Model } from './model.ts';
import { objectOperations } from './object-operations.ts';

/** The S3 API: path-style addresses, whole-object uploads. */
export function s3Wire(model: S3Model, world: World): WireService {
  return {
    name: 's3',
    operations: { ...bucketOperations(model, world), ...objectOperations(model, world) },
  };
}
