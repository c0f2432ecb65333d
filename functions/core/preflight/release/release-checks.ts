import type { PreflightCheck } from '../preflight-check.ts';
import { containerPort } from './container-port.ts';
import { deploymentController } from './deployment-controller.ts';
import { imageExists } from './image-exists.ts';
import { imagePlatform } from './image-platform.ts';
import type { ReleaseFacts } from './release-facts.ts';
import { rolesTrusted } from './roles-trusted.ts';
import { rollbackImage } from './rollback-image.ts';
import { secretsExist } from './secrets-exist.ts';
import { tagUnmoved } from './tag-unmoved.ts';
import { taskSize } from './task-size.ts';
import { vulnerabilities } from './vulnerabilities.ts';

/** The release half of the catalogue, in the order in which findings are shown. */
export const releaseChecks: readonly PreflightCheck<ReleaseFacts>[] = [
  imageExists,
  tagUnmoved,
  imagePlatform,
  vulnerabilities,
  rollbackImage,
  secretsExist,
  rolesTrusted,
  taskSize,
  containerPort,
  deploymentController,
];
