const failed = (sound) => ({ ...sound, status: 500, body: '{"error":"unlucky"}\n' });

const flaky = (share) => ({
  answer: (sound, { random }) => (random() < share ? failed(sound) : sound),
});

/** Unsteady services; sound as a release when the original was just as unsteady. */
export const unsteady = {
  'flaky-half-a-percent': flaky(0.005),
  'flaky-2-percent': flaky(0.02),
  /** About 1 % on average, in bursts of some six errors. */
  'error-bursts': {
    answer: (sound, { context, random }) => {
      const nowMs = performance.now();
      if (random() < 0.002) context.burstUntilMs = nowMs + 40;
      return nowMs < (context.burstUntilMs ?? 0) ? failed(sound) : sound;
    },
  },
};
