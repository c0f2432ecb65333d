import { AwsError } from '../core/aws-error.ts';
import type { ProtocolVersion } from './state.ts';

interface CodeRange {
  readonly kind: string;
  readonly lowest: number;
  readonly highest: number;
  readonly part: RegExp;
}

const http: CodeRange = { kind: 'HTTP', lowest: 200, highest: 499, part: /^(\d{3})(?:-(\d{3}))?$/ };
const grpc: CodeRange = {
  kind: 'GRPC',
  lowest: 0,
  highest: 99,
  part: /^(\d{1,2})(?:-(\d{1,2}))?$/,
};

/**
 * Compiles a matcher such as `200`, `200,302` or `200-299` to a test, of gRPC status codes for a gRPC group;
 * throws `ValidationError` for others.
 */
export function statusMatcher(
  matcher: string,
  version: ProtocolVersion = 'HTTP1',
): (status: number) => boolean {
  const { kind, lowest, highest, part } = version === 'GRPC' ? grpc : http;
  const ranges = matcher.split(',').map((text) => {
    const [, from, to] = part.exec(text.trim()) ?? [];
    const range = { from: Number(from), to: Number(to ?? from) };
    if (from === undefined || range.from < lowest || range.to > highest || range.to < range.from) {
      throw new AwsError(
        'ValidationError',
        `Health check matcher ${kind} code '${matcher}' must be within '${lowest}-${highest}'`,
      );
    }
    return range;
  });
  return (status) => ranges.some(({ from, to }) => status >= from && status <= to);
}
