/** A creation that failed and left something behind: it is deleted by its id when the stack rolls back. */
export class PartlyCreatedError extends Error {
  override readonly name: string = 'PartlyCreatedError';
  readonly physicalId: string | undefined;

  constructor(message: string, physicalId: string | undefined) {
    super(message);
    this.physicalId = physicalId;
  }
}
