/** https://grpc.github.io/grpc/core/md_doc_statuscodes.html, by number. */
const names = [
  'OK',
  'CANCELLED',
  'UNKNOWN',
  'INVALID_ARGUMENT',
  'DEADLINE_EXCEEDED',
  'NOT_FOUND',
  'ALREADY_EXISTS',
  'PERMISSION_DENIED',
  'RESOURCE_EXHAUSTED',
  'FAILED_PRECONDITION',
  'ABORTED',
  'OUT_OF_RANGE',
  'UNIMPLEMENTED',
  'INTERNAL',
  'UNAVAILABLE',
  'DATA_LOSS',
  'UNAUTHENTICATED',
] as const;

/** E.g. `UNIMPLEMENTED: unknown service`; the message is percent-encoded on the wire. */
export function describeGrpcStatus(status: number, encodedMessage: string | undefined): string {
  const name = names[status] ?? `status ${status}`;
  return encodedMessage ? `${name}: ${decoded(encodedMessage)}` : name;
}

/** Broken encodings are shown as they are, as the protocol asks for. */
function decoded(message: string): string {
  try {
    return decodeURIComponent(message);
  } catch {
    return message;
  }
}
