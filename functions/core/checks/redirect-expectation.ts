import type { TextExpectation } from '../config/expectation-schemas.ts';
import type { Exchange } from '../probe/exchange.ts';
import type { Mask } from '../probe/mask.ts';
import { type Miss, quoted } from './miss.ts';
import { describeTextExpectation, meetsTextExpectation } from './text-expectation.ts';

/** A redirect that was to be followed and could not be. */
export function stuckRedirect(
  { stuck, redirect, followed = 0 }: Exchange,
  mask: Mask,
): Miss | undefined {
  if (stuck === undefined || redirect === undefined) return undefined;
  const observed = `a redirect to ${quoted(redirect.url, mask)}`;
  if (stuck === 'other-host') return { expected: 'redirects that stay on the own host', observed };
  const again =
    ', the same path again (redirects are followed at the probed listener, whatever their scheme and port)';
  return {
    expected: `an answer after at most ${followed} redirects`,
    observed: `${observed} still${stuck === 'same-path' ? again : ''}`,
  };
}

/** The target is held against the expectation as a whole, and on the own host as path and query too. */
export function missedRedirect(
  expectation: TextExpectation | undefined,
  { redirect }: Exchange,
  mask: Mask,
): Miss[] {
  if (expectation === undefined) return [];
  const spellings = redirect === undefined ? [] : [redirect.url, redirect.path ?? redirect.url];
  // Stryker disable next-line ConditionalExpression: a string has no member `notContains` either
  const forbids = typeof expectation === 'object' && expectation.notContains !== undefined;
  const meets = (text: string) => meetsTextExpectation(expectation, text);
  // What must not be there must be in neither spelling.
  if (spellings.length > 0 && (forbids ? spellings.every(meets) : spellings.some(meets))) return [];
  return [
    {
      expected: mask(`redirect target ${describeTextExpectation(expectation)}`),
      observed:
        redirect === undefined ? 'no redirect' : quoted(redirect.path ?? redirect.url, mask),
    },
  ];
}
