/** The message of a gRPC status, percent-encoded on the wire; broken encodings as they are, as the protocol asks for. */
export function decodeGrpcMessage(encoded: string | undefined): string {
  try {
    return decodeURIComponent(encoded ?? '');
  } catch {
    return encoded ?? '';
  }
}
