// Imports one file in this fresh process and prints how long that took, in milliseconds.
const started = performance.now();
await import(process.argv[2]);
process.stdout.write(String(performance.now() - started));
process.exit(0);
