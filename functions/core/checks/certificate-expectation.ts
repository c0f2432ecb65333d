import type { AnswerExpectations } from '../config/expectation-schemas.ts';
import type { AnswerContext } from './answer-context.ts';
import type { Answer } from './http-expectations.ts';
import type { Miss } from './miss.ts';

const dayMs = 86_400_000;

/** What is missed of the days that the certificate must still be valid. */
export function missedCertificate(
  expectation: AnswerExpectations['certificate'],
  { certificate }: Answer,
  { nowMs }: Pick<AnswerContext, 'nowMs'>,
): Miss[] {
  if (expectation === undefined) return [];
  const expected = `a certificate that is valid for at least ${expectation.minDaysLeft} days`;
  if (certificate === undefined) return [{ expected, observed: 'no certificate' }];
  const days = Math.floor((certificate.validToMs - nowMs) / dayMs);
  if (days >= expectation.minDaysLeft) return [];
  const until = new Date(certificate.validToMs).toISOString().slice(0, 10);
  return [{ expected, observed: `${days} days, until ${until} (${certificate.subject})` }];
}
