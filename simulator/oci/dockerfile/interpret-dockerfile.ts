import { posix } from 'node:path';
import type { HistoryEntry, ImagePlatform, ImageSettings } from '../image-config.ts';
import { type LayerContents, tarLayer } from '../tar-layer.ts';
import { parseBaseImage } from './base-image.ts';
import { type BuildContext, ContextError } from './build-context.ts';
import { copyContents, readCopyFlags } from './copy-instruction.ts';
import { DockerfileError } from './dockerfile-error.ts';
import { readExecForm, readPairs, readPort } from './instruction-arguments.ts';
import type { Instruction } from './parse-dockerfile.ts';
import { splitWords, WordError } from './split-words.ts';

export interface BuildInput {
  readonly context: BuildContext;
  readonly buildArgs: Readonly<Record<string, string>>;
  readonly platform: ImagePlatform;
}

type Handler = (instruction: Instruction) => void | Promise<void>;

/** Runs a Dockerfile's instructions one by one and keeps what they say about the image. */
export class DockerfileInterpreter {
  readonly history: HistoryEntry[] = [];
  baseImage: string | undefined;
  readonly #input: BuildInput;
  readonly #handlers: Readonly<Record<string, Handler>>;
  readonly #environment = new Map<string, string>();
  /** Arguments declared before FROM (only FROM sees them), and those declared since. */
  readonly #globalArgs = new Map<string, string>();
  readonly #args = new Map<string, string>();
  readonly #declared = new Set<string>();
  readonly #labels = new Map<string, string>();
  readonly #directories = new Set(['/']);
  #exposedPorts: string[] = [];
  #workingDirectory = '/';
  #user: string | undefined;
  #entrypoint: readonly string[] | undefined;
  #command: readonly string[] | undefined;

  constructor(input: BuildInput) {
    this.#input = input;
    this.#handlers = {
      FROM: (instruction) => this.#from(instruction),
      ARG: (instruction) => this.#arg(instruction),
      ENV: (instruction) => this.#pairs(instruction, this.#environment),
      LABEL: (instruction) => this.#pairs(instruction, this.#labels),
      WORKDIR: (instruction) => this.#workdir(instruction),
      COPY: (instruction) => this.#copy(instruction),
      EXPOSE: (instruction) => this.#expose(instruction),
      USER: (instruction) => this.#setUser(instruction),
      CMD: (instruction) => this.#setCommand(instruction),
      ENTRYPOINT: (instruction) => this.#setEntrypoint(instruction),
    };
  }

  get settings(): ImageSettings {
    return {
      environment: this.#environment,
      workingDirectory: this.#workingDirectory,
      exposedPorts: this.#exposedPorts,
      labels: this.#labels,
      ...(this.#user && { user: this.#user }),
      ...(this.#entrypoint && { entrypoint: this.#entrypoint }),
      ...(this.#command && { command: this.#command }),
    };
  }

  /** Throws DockerfileError, naming the line. */
  async run(instruction: Instruction): Promise<void> {
    const { keyword, line } = instruction;
    const handler = this.#handlers[keyword];
    if (!handler) {
      throw new DockerfileError(
        line,
        `${keyword} is not supported; supported are ${Object.keys(this.#handlers).join(', ')}`,
      );
    }
    if (this.baseImage === undefined && keyword !== 'FROM' && keyword !== 'ARG') {
      throw new DockerfileError(line, `${keyword} stands before FROM`);
    }
    try {
      await handler(instruction);
    } catch (error) {
      if (error instanceof ContextError || error instanceof WordError) {
        throw new DockerfileError(line, `${keyword}: ${error.message}`);
      }
      throw error;
    }
  }

  /** Build arguments that no ARG declares are mistakes. Throws Error. */
  checkBuildArgs(): void {
    const unknown = Object.keys(this.#input.buildArgs).filter((name) => !this.#declared.has(name));
    if (unknown.length > 0) {
      throw new Error(
        `The Dockerfile declares no ARG for the build arguments ${unknown.join(', ')}`,
      );
    }
  }

  #from({ line, argument }: Instruction): void {
    if (this.baseImage !== undefined) {
      throw new DockerfileError(line, 'a second FROM (a multi-stage build) is not supported');
    }
    const base = parseBaseImage(this.#words(argument, this.#globalArgs));
    this.baseImage = base.reference;
    for (const [name, value] of base.environment) this.#environment.set(name, value);
  }

  #arg(instruction: Instruction): void {
    const target = this.baseImage === undefined ? this.#globalArgs : this.#args;
    for (const word of this.#words(instruction.argument, target)) {
      const [, name = '', fallback] = /^([A-Za-z_][A-Za-z0-9_]*)(?:=(.*))?$/s.exec(word) ?? [];
      if (!name) throw new DockerfileError(instruction.line, `ARG: "${word}" is not a name`);
      this.#declared.add(name);
      const value =
        this.#input.buildArgs[name] ??
        fallback ??
        this.#globalArgs.get(name) ??
        this.#predefined(name);
      if (value !== undefined) target.set(name, value);
    }
    if (this.baseImage !== undefined) this.#record(instruction);
  }

  /** BuildKit's platform arguments, which are there once declared. */
  #predefined(name: string): string | undefined {
    const { os, architecture } = this.#input.platform;
    if (name === 'TARGETOS') return os;
    if (name === 'TARGETARCH') return architecture;
    return name === 'TARGETPLATFORM' ? `${os}/${architecture}` : undefined;
  }

  #pairs(instruction: Instruction, target: Map<string, string>): void {
    // All values are read before any is set: ENV a=1 b=$a gives b the value that a had before.
    const pairs = readPairs(this.#words(instruction.argument));
    for (const [name, value] of pairs) target.set(name, value);
    this.#record(instruction);
  }

  async #workdir(instruction: Instruction): Promise<void> {
    this.#workingDirectory = posix.resolve(this.#workingDirectory, this.#word(instruction));
    const path = this.#workingDirectory;
    if (this.#directories.has(path)) return this.#record(instruction);
    await this.#recordLayer(instruction, { files: [], directories: [{ path: path.slice(1) }] });
  }

  async #copy(instruction: Instruction): Promise<void> {
    const { flags, rest } = readCopyFlags(instruction.argument);
    const words = rest.startsWith('[') ? readExecForm(rest) : this.#words(rest);
    const { context } = this.#input;
    const contents = copyContents(context, words, this.#workingDirectory, flags);
    await this.#recordLayer(instruction, contents);
  }

  #expose(instruction: Instruction): void {
    const ports = this.#words(instruction.argument).map(readPort);
    this.#exposedPorts = [...new Set([...this.#exposedPorts, ...ports])].sort();
    this.#record(instruction);
  }

  #setUser(instruction: Instruction): void {
    this.#user = this.#word(instruction);
    this.#record(instruction);
  }

  #setCommand(instruction: Instruction): void {
    this.#command = readExecForm(instruction.argument);
    this.#record(instruction);
  }

  #setEntrypoint(instruction: Instruction): void {
    this.#entrypoint = readExecForm(instruction.argument);
    this.#record(instruction);
  }

  #words(text: string, args: ReadonlyMap<string, string> = this.#args): string[] {
    return splitWords(text, (name) => this.#environment.get(name) ?? args.get(name));
  }

  #word({ line, keyword, argument }: Instruction): string {
    const [word, more] = this.#words(argument);
    if (word === undefined || word === '' || more !== undefined) {
      throw new DockerfileError(line, `${keyword} takes exactly one argument`);
    }
    return word;
  }

  #record({ keyword, argument }: Instruction): void {
    this.history.push({ createdBy: `${keyword} ${argument}` });
  }

  async #recordLayer({ keyword, argument }: Instruction, contents: LayerContents): Promise<void> {
    for (const { path } of [...contents.directories, ...contents.files]) {
      const parts = path.split('/').slice(0, -1);
      parts.forEach((_, index) => {
        this.#directories.add(`/${parts.slice(0, index + 1).join('/')}`);
      });
    }
    for (const { path } of contents.directories) this.#directories.add(`/${path}`);
    this.history.push({ createdBy: `${keyword} ${argument}`, layer: await tarLayer(contents) });
  }
}
