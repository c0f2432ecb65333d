#!/usr/bin/env node
import { program } from './program.ts';
import { exitCodes } from './terminal/run-command.ts';

// The SDK announces, on every start, that it will want Node.js 22 in January 2027; the README says so once.
process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED ??= 'true';

// Whoever reads our output may have seen enough of it, as head has.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  process.exit(error.code === 'EPIPE' ? exitCodes.ok : exitCodes.usage);
});

await program().parseAsync();
