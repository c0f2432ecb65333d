import type { CfnTaskDefinition } from 'aws-cdk-lib/aws-ecs';

export interface WritableVolumes {
  readonly volumes: CfnTaskDefinition.VolumeProperty[];
  readonly mountPoints: CfnTaskDefinition.MountPointProperty[];
}

/**
 * An empty volume of the task for each folder, on Fargate out of its ephemeral storage (ECS developer guide, "Bind mounts").
 * Throws Error for what is no absolute path below the root, or named twice.
 */
export function writableVolumes(paths: readonly string[]): WritableVolumes {
  const wrong = paths.find(
    (path, index) => !/^(?:\/[\w.-]+)+$/.test(path) || paths.indexOf(path) !== index,
  );
  if (wrong !== undefined) {
    throw new Error(
      `GreengateService: writablePaths takes absolute paths such as /tmp, each once, got "${wrong}"`,
    );
  }
  // Volumes of a task have names of their own: /a/b and /a-b must not share one.
  const named = paths.map((path, index) => {
    const name = nameOf(path);
    const taken = paths.findIndex((other) => nameOf(other) === name) !== index;
    return { name: taken ? `${name}-${index + 1}` : name, path };
  });
  return {
    volumes: named.map(({ name }) => ({ name })),
    mountPoints: named.map(({ name: sourceVolume, path: containerPath }) => ({
      sourceVolume,
      containerPath,
      readOnly: false,
    })),
  };
}

function nameOf(path: string): string {
  return path.slice(1).replace(/[/.]/g, '-');
}
