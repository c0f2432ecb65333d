import { arn } from '../core/arns.ts';
import { AwsError } from '../core/aws-error.ts';
import type { World } from '../core/world.ts';
import type { AttachedLayer } from './function-definition.ts';

export interface LayerVersion {
  readonly layerName: string;
  readonly layerArn: string;
  readonly arn: string;
  readonly version: number;
  readonly description: string;
  readonly codeSize: number;
  readonly unpackedBytes: number;
  readonly codeSha256: string;
  readonly directory: string;
  readonly createdMs: number;
  readonly compatibleRuntimes: readonly string[];
  readonly compatibleArchitectures: readonly string[];
  readonly license: string | undefined;
}

export type NewLayerVersion = Omit<
  LayerVersion,
  'layerArn' | 'arn' | 'version' | 'createdMs' | 'layerName'
>;

/** Layers by name, each with its versions. */
export class LayerStore {
  readonly #world: World;
  readonly #layers = new Map<string, { versions: LayerVersion[]; last: number }>();

  constructor(world: World) {
    this.#world = world;
  }

  publish(layerName: string, content: NewLayerVersion): LayerVersion {
    const layer = this.#layers.get(layerName) ?? { versions: [], last: 0 };
    this.#layers.set(layerName, layer);
    const version = ++layer.last;
    const layerArn = arn(this.#world.identity, 'lambda', `layer:${layerName}`);
    const published: LayerVersion = {
      ...content,
      layerName,
      layerArn,
      arn: `${layerArn}:${version}`,
      version,
      createdMs: this.#world.clock.now(),
    };
    layer.versions.push(published);
    return published;
  }

  /** Newest first. */
  versions(layerName: string): LayerVersion[] {
    return [...(this.#layers.get(nameOf(layerName))?.versions ?? [])].reverse();
  }

  /** The newest version of each layer that has one. */
  latest(): LayerVersion[] {
    return [...this.#layers.keys()].sort().flatMap((name) => this.versions(name).slice(0, 1));
  }

  /** Throws ResourceNotFoundException. */
  get(layerName: string, version: number): LayerVersion {
    const found = this.versions(layerName).find((each) => each.version === version);
    if (found) return found;
    throw new AwsError('ResourceNotFoundException', 'The resource you requested does not exist.', {
      status: 404,
      members: { Type: 'User' },
    });
  }

  /** Functions that have it keep it, as on Lambda. */
  delete(layerName: string, version: number): void {
    const layer = this.#layers.get(nameOf(layerName));
    if (layer) layer.versions = layer.versions.filter((each) => each.version !== version);
  }

  byArn(layerVersionArn: string): LayerVersion | undefined {
    const [, , , , , , name = '', version] = layerVersionArn.split(':');
    const found = this.versions(name).find((each) => String(each.version) === version);
    return found?.arn === layerVersionArn ? found : undefined;
  }

  /** What a function gets of the layers that it names; throws InvalidParameterValueException. */
  attach(arns: readonly string[]): AttachedLayer[] {
    return arns.map((layerVersionArn) => {
      const layer = this.byArn(layerVersionArn);
      if (layer) return { arn: layer.arn, codeSize: layer.codeSize, directory: layer.directory };
      throw new AwsError(
        'InvalidParameterValueException',
        `Layer version ${layerVersionArn} does not exist.`,
        { members: { Type: 'User' } },
      );
    });
  }

  /** Unpacked bytes of the layers that a function names: they count towards its limit. */
  unpackedBytes(arns: readonly string[]): number {
    return arns.reduce((sum, each) => sum + (this.byArn(each)?.unpackedBytes ?? 0), 0);
  }

  directories(): string[] {
    return [...this.#layers.values()].flatMap(({ versions }) =>
      versions.map(({ directory }) => directory),
    );
  }
}

/** A layer may be named by its ARN. */
function nameOf(layerName: string): string {
  return layerName.split(':')[6] ?? layerName;
}
