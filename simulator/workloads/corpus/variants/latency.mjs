const startedAtMs = performance.now();

/** Exponential with the given mean. */
const exponential = (random, meanMs) => -meanMs * Math.log(1 - random());

/** Milliseconds that lognormal noise adds: median `medianMs`, spread `sigma`. */
function lognormal(random, medianMs, sigma) {
  const normal = Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
  return medianMs * Math.exp(sigma * normal);
}

/** Holds the one thread, as a collection of garbage does. */
function pause(ms) {
  const endMs = performance.now() + ms;
  while (performance.now() < endMs);
}

/** Slow, in all the ways that a mean of one request does not tell. */
export const latency = {
  'slow-always': { delayMs: () => 400 },
  /** Nine in ten are as quick as ever. */
  'slow-p95': { delayMs: ({ random }) => (random() < 0.1 ? 600 : 0) },
  'slow-on-one-path': { delayMs: ({ path }) => (path === '/report' ? 600 : 0) },
  'slow-after-200-requests': { delayMs: ({ served }) => (served > 200 ? 120 : 0) },
  'leak-slows-over-time': { delayMs: ({ served }) => served * 0.4 },
  'slow-first-byte': { delayMs: ({ path }) => (path === '/products' ? 3_000 : 0) },
  'serialises-requests': {
    // A lock around everything: quick alone, slow together.
    delayMs: ({ context }) => {
      const nowMs = performance.now();
      context.freeAtMs = Math.max(context.freeAtMs ?? 0, nowMs) + 80;
      return context.freeAtMs - nowMs;
    },
  },

  'cold-cache': { delayMs: ({ served }) => (served <= 20 ? 60 : 0) },
  'warm-up': { delayMs: ({ served }) => 80 * Math.exp(-served / 8) },
  'noisy-latency': { delayMs: ({ random }) => exponential(random, 12) },
  'lognormal-latency': { delayMs: ({ random }) => lognormal(random, 8, 0.8) },
  'heavy-tailed-latency': {
    // Pareto with shape 1.3: the mean exists, the variance does not. Clipped at what a client would wait.
    delayMs: ({ random }) => Math.min(500, 4 / (1 - random()) ** (1 / 1.3)),
  },
  'slow-but-equal': { delayMs: () => 60 },
  'common-drift': {
    delayMs: () => 15 + 12 * Math.sin((2 * Math.PI * (performance.now() - startedAtMs)) / 4_000),
  },
  'pauses-for-garbage': {
    answer: (sound, { served }) => {
      if (served % 80 === 0) pause(30);
      return sound;
    },
  },
  'uneven-tasks': {
    beforeStart: (context) => {
      context.handicapMs = context.random() * 15;
    },
    delayMs: ({ context }) => context.handicapMs,
  },
  /** Over an original that takes 60 ms. */
  'a-little-slower': { delayMs: () => 66 },
};
