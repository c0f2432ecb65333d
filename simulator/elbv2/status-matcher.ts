import { AwsError } from '../core/aws-error.ts';

const part = /^(\d{3})(?:-(\d{3}))?$/;
const lowest = 200;
const highest = 499;

/** Compiles a matcher such as `200`, `200,302` or `200-299` to a test; throws `ValidationError` for others. */
export function statusMatcher(matcher: string): (status: number) => boolean {
  const ranges = matcher.split(',').map((text) => {
    const [, from, to] = part.exec(text.trim()) ?? [];
    const range = { from: Number(from), to: Number(to ?? from) };
    if (from === undefined || range.from < lowest || range.to > highest || range.to < range.from) {
      throw new AwsError(
        'ValidationError',
        `Health check matcher HTTP code '${matcher}' must be within '${lowest}-${highest}'`,
      );
    }
    return range;
  });
  return (status) => ranges.some(({ from, to }) => status >= from && status <= to);
}
