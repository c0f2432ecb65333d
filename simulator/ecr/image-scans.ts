import type { ImageDetail, RegistryScanningRule, ScanType } from '@aws-sdk/client-ecr';
import type { World } from '../core/world.ts';
import type { ImageWatcher, Repository, StoredImage } from './repository.ts';
import { publishScanEvent } from './scan-events.ts';
import {
  type ImageScanState,
  type ScanStatusName,
  type StatedScan,
  severityCounts,
} from './scan-result.ts';
import { scannableImages } from './scannable-images.ts';

interface Preparation {
  readonly repositoryName: string;
  /** Tag or digest that is yet to be pushed. */
  readonly reference: string;
  readonly scan: StatedScan;
}

const noFindings: StatedScan = { findings: [], scanSeconds: 0 };
const endStates = new Set<ScanStatusName>(['COMPLETE', 'ACTIVE']);

/**
 * Vulnerability scans. Nothing is really looked at: a scan finds what a rehearsal stated beforehand, else
 * nothing. Scans belong to image manifests; an index has none of its own (aws-facts 1.5).
 */
export class ImageScans implements ImageWatcher {
  readonly #world: World;
  readonly #states = new Map<string, ImageScanState>();
  readonly #startedAtMs = new Map<string, number>();
  readonly #cancelRunning = new Map<string, () => void>();
  #prepared: Preparation[] = [];
  scanType: ScanType = 'BASIC';
  rules: readonly RegistryScanningRule[] = [];
  /** CLAIR filled the summary of DescribeImages, its successor does not (aws-facts 1.5). */
  basicVersion: 'AWS_NATIVE' | 'CLAIR' = 'AWS_NATIVE';

  constructor(world: World) {
    this.#world = world;
  }

  get enhanced(): boolean {
    return this.scanType === 'ENHANCED';
  }

  state(repository: Repository, digest: string): ImageScanState | undefined {
    return this.#states.get(keyOf(repository, digest));
  }

  /** When the last scan of an image began, on push or by hand: one a day is allowed (API reference, StartImageScan). */
  lastStartMs(repository: Repository, digest: string): number | undefined {
    return this.#startedAtMs.get(keyOf(repository, digest));
  }

  /**
   * States what the scan of an image shows: at once when it is there, else when it is pushed. For an index
   * it holds for every image that the index lists. Returns the digests it applies to now.
   */
  setResult(repository: Repository, reference: string, scan: StatedScan): string[] {
    const image = repository.find(reference);
    if (!image) {
      const repositoryName = repository.address.name;
      this.#prepared.push({ repositoryName, reference, scan });
      return [];
    }
    const images = scannableImages(repository, image);
    for (const each of images) this.#run(repository, each, scan, scan.scanSeconds * 1_000);
    return images.map(({ digest }) => digest);
  }

  imagePushed(repository: Repository, image: StoredImage, tag: string | undefined): void {
    const fits = ({ repositoryName, reference }: Preparation) =>
      repositoryName === repository.address.name &&
      (reference === image.digest || reference === tag);
    const prepared = this.#prepared.find(fits);
    if (prepared) {
      this.#prepared = this.#prepared.filter((each) => each !== prepared);
      const digests = this.setResult(repository, image.digest, prepared.scan);
      if (this.scansOnPush(repository)) {
        for (const digest of digests) this.#noteStart(repository, digest);
      }
    } else if (this.scansOnPush(repository)) {
      const fresh = scannableImages(repository, image).filter(
        ({ digest }) => !this.state(repository, digest),
      );
      this.#world.clock.schedule(this.#world.settings.imageScanBeginMs, () => {
        for (const each of fresh) {
          // What was stated or started meanwhile is the scan; an image may be gone.
          const there = repository.images.has(each.digest);
          if (there && !this.state(repository, each.digest)) this.start(repository, each);
        }
      });
    }
  }

  /** An image that comes again is another one, with scans of its own. */
  imageRemoved(repository: Repository, digest: string): void {
    const key = keyOf(repository, digest);
    this.#cancelRunning.get(key)?.();
    for (const map of [this.#cancelRunning, this.#states, this.#startedAtMs]) map.delete(key);
  }

  /** A scan that finds nothing. */
  start(repository: Repository, image: StoredImage): ImageScanState {
    this.#noteStart(repository, image.digest);
    return this.#run(repository, image, noFindings, this.#world.settings.imageScanMs);
  }

  /** A rule of the registry applies to repositories whose name its filter fits; without `*` it is a part of the name. */
  scansOnPush({ address, scanOnPush }: Repository): boolean {
    return this.frequency(address.name) !== 'MANUAL' || (!this.enhanced && scanOnPush);
  }

  frequency(repositoryName: string): 'SCAN_ON_PUSH' | 'CONTINUOUS_SCAN' | 'MANUAL' {
    const rule = this.rules.find(({ repositoryFilters = [] }) =>
      repositoryFilters.some(({ filter = '' }) => filterFits(filter, repositoryName)),
    );
    return rule?.scanFrequency ?? 'MANUAL';
  }

  /** What DescribeImages adds to an image. */
  summary(
    repository: Repository,
    { digest }: StoredImage,
  ): Pick<ImageDetail, 'imageScanStatus' | 'imageScanFindingsSummary'> {
    const state = this.state(repository, digest);
    if (!state || (!state.enhanced && this.basicVersion !== 'CLAIR')) return {};
    const { status, description, completedAtMs, findings } = state;
    return {
      imageScanStatus: { status, ...(description !== undefined && { description }) },
      ...(completedAtMs !== undefined && {
        imageScanFindingsSummary: {
          imageScanCompletedAt: new Date(completedAtMs),
          vulnerabilitySourceUpdatedAt: new Date(completedAtMs),
          findingSeverityCounts: severityCounts(findings),
        },
      }),
    };
  }

  #noteStart(repository: Repository, digest: string): void {
    this.#startedAtMs.set(keyOf(repository, digest), this.#world.clock.now());
  }

  #run(
    repository: Repository,
    image: StoredImage,
    scan: StatedScan,
    durationMs: number,
  ): ImageScanState {
    const key = keyOf(repository, image.digest);
    const { enhanced } = this;
    const running: ImageScanState = {
      status: enhanced ? 'PENDING' : 'IN_PROGRESS',
      description: undefined,
      findings: [],
      enhanced,
      completedAtMs: undefined,
    };
    const finish = () => {
      const status = scan.status ?? (enhanced ? 'ACTIVE' : 'COMPLETE');
      const complete = endStates.has(status);
      const ended: ImageScanState = {
        status,
        description: scan.description ?? descriptionOf(status),
        findings: complete ? scan.findings : [],
        enhanced,
        completedAtMs: complete ? this.#world.clock.now() : undefined,
      };
      this.#states.set(key, ended);
      publishScanEvent(this.#world, repository, image, ended);
      return ended;
    };
    // What is stated or started later counts, also against a scan that still runs.
    this.#cancelRunning.get(key)?.();
    if (durationMs === 0) return finish();
    this.#states.set(key, running);
    this.#cancelRunning.set(key, this.#world.clock.schedule(durationMs, finish));
    return running;
  }
}

function keyOf({ address }: Repository, digest: string): string {
  return `${address.name}@${digest}`;
}

function filterFits(filter: string, name: string): boolean {
  if (!filter.includes('*')) return name.includes(filter);
  const source = filter.split('*').map((part) => part.replace(/[.\\/^$+?()[\]{}|]/g, '\\$&'));
  return new RegExp(`^${source.join('.*')}$`).test(name);
}

/** What AWS writes beside a scan's status. */
export function descriptionOf(status: ScanStatusName): string | undefined {
  switch (status) {
    case 'COMPLETE':
      return 'The scan was completed successfully.';
    case 'ACTIVE':
      return 'Continuous scan is selected for image.';
    case 'FAILED':
      return 'The scan failed.';
    case 'UNSUPPORTED_IMAGE':
      return 'UnsupportedImageError: The operating system and/or package manager are not supported.';
    default:
      return undefined;
  }
}
