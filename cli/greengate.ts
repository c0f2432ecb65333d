#!/usr/bin/env node
import { program } from './program.ts';
import { outliveReaders } from './terminal/outlive-readers.ts';

// The SDK announces, on every start, that it will want Node.js 22 in January 2027; the README says so once.
process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED ??= 'true';

outliveReaders();
await program().parseAsync();
