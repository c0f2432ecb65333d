/** A mistake in a Dockerfile, or something in it that this builder does not do; the message is one line. */
export class DockerfileError extends Error {
  override readonly name = 'DockerfileError';
  /** 1-based line of the instruction. */
  readonly line: number;

  constructor(line: number, message: string) {
    super(`Dockerfile line ${line}: ${message}`);
    this.line = line;
  }
}
