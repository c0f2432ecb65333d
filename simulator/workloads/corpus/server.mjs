import { startService } from './start-service.mjs';

/** The container's entry point. What is wrong with a release is part of its image (see the Dockerfile). */
const { VERSION, VARIANT, PROTOCOL, PORT, HOSTNAME } = process.env;

const service = await startService({
  version: VERSION ?? 'v1',
  variant: VARIANT ?? 'healthy',
  protocol: PROTOCOL ?? 'http',
  port: Number(PORT ?? 8080),
  // Tasks of one release must not fail in step with each other.
  seed: HOSTNAME ?? String(process.pid),
  environment: process.env,
  exit: (code, reason) => {
    console.error(reason);
    process.exit(code);
  },
  log: (line) => console.log(line),
});

process.on('SIGTERM', () => {
  void service.stop().then(() => process.exit(0));
});
