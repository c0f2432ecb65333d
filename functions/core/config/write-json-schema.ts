import { configJsonSchema } from './json-schema.ts';

// npx tsx functions/core/config/write-json-schema.ts > docs/reference/greengate.schema.json
process.stdout.write(`${JSON.stringify(configJsonSchema(), undefined, 2)}\n`);
