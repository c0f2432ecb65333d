/**
 * S3 user guide, "Best practices design patterns: optimizing Amazon S3 performance": at least so many requests a
 * second for each partitioned prefix. Partitions grow with traffic on AWS; here each prefix is one.
 */
export const prefixWritesPerSecond = 3_500;
export const prefixReadsPerSecond = 5_500;
