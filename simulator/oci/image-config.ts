import { type Content, jsonContent } from './descriptor.ts';
import { mediaTypes } from './media-types.ts';
import type { Layer } from './tar-layer.ts';

export interface ImagePlatform {
  /** OCI spelling: `linux`. */
  readonly os: string;
  /** OCI spelling: `amd64`, `arm64`. */
  readonly architecture: string;
}

export interface HistoryEntry {
  readonly createdBy: string;
  /** The layer this step made; none for steps that only change the config. */
  readonly layer?: Layer;
}

export interface ImageSettings {
  readonly environment: ReadonlyMap<string, string>;
  readonly workingDirectory?: string;
  readonly user?: string;
  readonly entrypoint?: readonly string[];
  readonly command?: readonly string[];
  /** `8080/tcp`. */
  readonly exposedPorts?: readonly string[];
  readonly labels?: ReadonlyMap<string, string>;
}

/** Images carry no build time, so that equal inputs give equal digests. */
export const imageCreated = '1970-01-01T00:00:00Z';

/** The OCI image configuration: what a container of this image runs with. */
export function imageConfig(
  platform: ImagePlatform,
  settings: ImageSettings,
  history: readonly HistoryEntry[],
): Content {
  const { exposedPorts = [], labels = new Map() } = settings;
  return jsonContent(mediaTypes.ociConfig, {
    created: imageCreated,
    architecture: platform.architecture,
    os: platform.os,
    config: {
      ...(settings.user && { User: settings.user }),
      ...(exposedPorts.length > 0 && {
        ExposedPorts: Object.fromEntries(exposedPorts.map((port) => [port, {}])),
      }),
      Env: [...settings.environment].map(([name, value]) => `${name}=${value}`),
      ...(settings.entrypoint && { Entrypoint: settings.entrypoint }),
      ...(settings.command && { Cmd: settings.command }),
      ...(settings.workingDirectory && { WorkingDir: settings.workingDirectory }),
      ...(labels.size > 0 && { Labels: Object.fromEntries(labels) }),
    },
    rootfs: {
      type: 'layers',
      diff_ids: history.flatMap(({ layer }) => (layer ? [layer.diffId] : [])),
    },
    history: history.map(({ createdBy, layer }) => ({
      created: imageCreated,
      created_by: createdBy,
      ...(!layer && { empty_layer: true }),
    })),
  });
}
