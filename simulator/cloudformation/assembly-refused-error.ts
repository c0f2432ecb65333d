/** A folder that is not what `cdk synth` writes, or that holds what cannot be loaded. */
export class AssemblyRefusedError extends Error {
  override readonly name = 'AssemblyRefusedError';
}
