const mebibyte = 1024 * 1024;
/** No process of Node.js fills memory much faster. */
const growthBytesPerMs = mebibyte;
const shortestMs = 50;
const longestMs = 500;

/**
 * Milliseconds until a process is to be measured again that may take so many bytes more: the less is left, the
 * sooner. Every look of every idle process costs processor time.
 * @param {number} leftBytes
 */
export function nextMemoryCheckMs(leftBytes) {
  return Math.min(longestMs, Math.max(shortestMs, leftBytes / growthBytesPerMs));
}
