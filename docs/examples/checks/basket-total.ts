import { type CheckAnswer, defineCheck } from 'greengate/check';

interface Settings {
  /** What a basket is filled with. */
  readonly articles: readonly { readonly id: string; readonly quantity: number }[];
  /** Most that replacement and original may differ by, in cents. */
  readonly toleranceCents: number;
}

/** A basket costs at the replacement what it costs at the original: a wrong price answers 200 like a right one. */
export default defineCheck<Settings>(async ({ probe, original, settings, secrets, log }) => {
  const request = {
    path: '/basket/total',
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      authorization: `Bearer ${secrets.SHOP_TOKEN}`,
    },
    body: JSON.stringify({ articles: settings.articles }),
  };
  const total = totalOf(await probe(request));
  if (total === undefined) {
    return { verdict: 'fail', expected: 'a basket with a total', observed: 'none' };
  }
  const before = original && totalOf(await original(request));
  if (before === undefined) {
    return { verdict: 'inconclusive', expected: 'a total of the original', observed: 'none' };
  }
  log('baskets compared', { total, before });
  return {
    verdict: Math.abs(total - before) <= settings.toleranceCents ? 'pass' : 'fail',
    expected: `a total of ${before} cents, give or take ${settings.toleranceCents}`,
    observed: `${total} cents`,
    evidence: { replacement: total, original: before },
  };
});

function totalOf(answer: CheckAnswer): number | undefined {
  if (answer.kind === 'no-response' || answer.status !== 200) return undefined;
  const basket: unknown = JSON.parse(answer.body);
  if (typeof basket !== 'object' || basket === null || !('totalCents' in basket)) return undefined;
  return typeof basket.totalCents === 'number' ? basket.totalCents : undefined;
}
