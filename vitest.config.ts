import { availableParallelism } from 'node:os';
import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    // Files of one worker share what they import, which took a third of the time that all tests take. So a test
    // leaves the environment and global state as it found them, and loads anew what reads them at import.
    isolate: false,
    // Vitest leaves one core free for other work; most tests wait for processes of their own.
    maxWorkers: availableParallelism(),
    // Generous: a busy machine must not turn a sound test red; what waits, waits on events.
    testTimeout: 30_000,
    hookTimeout: 60_000,
    env: {
      AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true',
      // Every answer of the simulator is compared with AWS's model of it.
      GREENGATE_CHECK_RESPONSES: 'true',
    },
    coverage: {
      provider: 'v8',
      include: ['functions/**/*.ts'],
      reporter: ['text-summary'],
      thresholds: { statements: 95, branches: 85, functions: 95, lines: 95 },
    },
  },
});
