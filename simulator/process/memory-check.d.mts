/** Milliseconds until a process is to be measured again that may take so many bytes more. */
export function nextMemoryCheckMs(leftBytes: number): number;
