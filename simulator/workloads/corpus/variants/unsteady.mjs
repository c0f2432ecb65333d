const failed = (sound) => ({ ...sound, status: 500, body: '{"error":"unlucky"}\n' });

const flaky = (share) => ({
  answer: (sound, { random }) => (random() < share ? failed(sound) : sound),
});

/** Unsteady services; sound as a release when the original was just as unsteady. */
export const unsteady = {
  'flaky-half-a-percent': flaky(0.005),
  'flaky-2-percent': flaky(0.02),
  /** About 1 % on average, six in a row. */
  'error-bursts': {
    answer: (sound, { context, random }) => {
      if (context.burst > 0) {
        context.burst--;
        return failed(sound);
      }
      if (random() < 0.0017) context.burst = 6;
      return sound;
    },
  },
};
