import { createHash } from 'node:crypto';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { AwsError } from '../core/aws-error.ts';
import type { World } from '../core/world.ts';
import { cfnResponseFile, cfnResponseSource, usesCfnResponse } from './cfn-response.ts';
import { measureCode } from './measure-code.ts';
import { unpackZip, unzippedLimitBytes } from './unpack-zip.ts';

/** Where code comes from: bytes, an object, or text of a template. */
export interface CodeSource {
  readonly zip?: Uint8Array | undefined;
  readonly s3?:
    | {
        readonly bucket: string;
        readonly key: string;
        readonly versionId?: string | undefined;
      }
    | undefined;
  /** Of CloudFormation's `Code.ZipFile`, which becomes `index.js`. */
  readonly inline?: string | undefined;
}

export interface InstalledCode {
  readonly codeDirectory: string;
  /** Bytes of the package; of the unpacked files for a published asset folder. */
  readonly codeSize: number;
  /** Base64. */
  readonly codeSha256: string;
}

export interface UnpackedCode extends InstalledCode {
  readonly unpackedBytes: number;
}

export interface InstallOptions {
  readonly operation: string;
  readonly limitBytes?: number;
}

/** 50 MB, zipped, for direct upload; larger packages come from S3 (Lambda guide, "Lambda quotas"). */
const directUploadLimitBytes = 52_428_800;

/** Unpacked code of functions and layers, in folders of the simulator's own. */
export class CodeStore {
  readonly #world: World;
  readonly #owned = new Set<string>();

  constructor(world: World) {
    this.#world = world;
  }

  /**
   * Unpacks code and gives it to `use`, which keeps it or throws; the folder goes when it throws. `limitBytes`
   * unpacked; `operation` for messages, e.g. `CreateFunction`.
   */
  async install<T>(
    source: CodeSource,
    { operation, limitBytes = unzippedLimitBytes }: InstallOptions,
    use: (code: UnpackedCode) => T,
  ): Promise<T> {
    const code = await this.#prepare(source, operation, limitBytes);
    try {
      return use(code);
    } catch (error) {
      if (this.#owned.delete(code.codeDirectory)) {
        await rm(code.codeDirectory, { recursive: true, force: true });
      }
      throw error;
    }
  }

  /** Removes folders that no function and no layer has any more. */
  async retain(directories: ReadonlySet<string>): Promise<void> {
    const unused = [...this.#owned].filter((directory) => !directories.has(directory));
    for (const directory of unused) this.#owned.delete(directory);
    await Promise.all(unused.map((each) => rm(each, { recursive: true, force: true })));
  }

  async #prepare(source: CodeSource, operation: string, limitBytes: number): Promise<UnpackedCode> {
    const { zip, s3, inline } = source;
    if (inline !== undefined) return this.#installInline(inline);
    if (zip !== undefined) {
      if (zip.length > directUploadLimitBytes) throw requestTooLarge(operation);
      return this.#unpack(zip, limitBytes);
    }
    if (!s3) throw invalid('Please provide a source for function code.');
    const folder = this.#world.assets.find(s3.bucket, s3.key);
    if (folder !== undefined) {
      const code = { codeDirectory: folder, ...measureCode(folder) };
      return { ...code, unpackedBytes: code.codeSize };
    }
    return this.#unpack(this.#read(s3), limitBytes);
  }

  async #installInline(text: string): Promise<UnpackedCode> {
    const codeDirectory = this.#newDirectory();
    await mkdir(codeDirectory, { recursive: true });
    await writeFile(join(codeDirectory, 'index.js'), text);
    if (usesCfnResponse(text)) {
      await writeFile(join(codeDirectory, cfnResponseFile), cfnResponseSource);
    }
    this.#owned.add(codeDirectory);
    const measured = measureCode(codeDirectory);
    return { codeDirectory, ...measured, unpackedBytes: measured.codeSize };
  }

  async #unpack(zip: Uint8Array, limitBytes: number): Promise<UnpackedCode> {
    const codeDirectory = this.#newDirectory();
    const unpackedBytes = await unpackZip(zip, codeDirectory, { limitBytes });
    this.#owned.add(codeDirectory);
    return {
      codeDirectory,
      codeSize: zip.length,
      codeSha256: createHash('sha256').update(zip).digest('base64'),
      unpackedBytes,
    };
  }

  #newDirectory(): string {
    return join(this.#world.directory, 'lambda', 'code', this.#world.ids.uuid());
  }

  #read({ bucket, key, versionId }: NonNullable<CodeSource['s3']>): Uint8Array {
    if (versionId !== undefined) {
      throw new AwsError('NotImplemented', 'S3ObjectVersion is not simulated', { status: 400 });
    }
    const failed = (code: string, message: string) =>
      invalid(
        `Error occurred while GetObject. S3 Error Code: ${code}. S3 Error Message: ${message}`,
      );
    let body: Uint8Array | undefined;
    try {
      body = this.#world.services.s3.getObject(bucket, key);
    } catch (error) {
      if (error instanceof AwsError) throw failed(error.code, error.message);
      throw error;
    }
    if (!body) throw failed('NoSuchKey', 'The specified key does not exist.');
    return body;
  }
}

/** In the words of public threads (localstack/localstack #2999), with the number of today. */
function requestTooLarge(operation: string): AwsError {
  return new AwsError(
    'RequestEntityTooLargeException',
    `Request must be smaller than 70167211 bytes for the ${operation} operation`,
    { status: 413 },
  );
}

function invalid(message: string): AwsError {
  return new AwsError('InvalidParameterValueException', message, { members: { Type: 'User' } });
}
