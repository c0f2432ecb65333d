/** Nobody needs to be told of what takes less. */
const quietMs = 2_000;
const stepMs = 1_000;

export interface Progress {
  answered(check: string): void;
  end(): void;
}

/**
 * After two seconds says which checks are still being asked: on a terminal one line that is kept up to date and
 * removed at the end, elsewhere one line in all.
 */
export function showProgress(
  checks: readonly string[],
  stream: Pick<NodeJS.WriteStream, 'write' | 'isTTY'> & { readonly columns?: number },
): Progress {
  const open = new Set(checks);
  const startedAtMs = performance.now();
  let shown = false;
  const show = () => {
    if (shown && !stream.isTTY) return;
    const seconds = Math.round((performance.now() - startedAtMs) / 1_000);
    const names = [...open].slice(0, 4).join(', ');
    const more = open.size > 4 ? ` and ${open.size - 4} more` : '';
    const line = `Still asking after ${seconds} s: ${names}${more}`;
    // A line that the terminal breaks could not be taken back.
    const fitting = line.slice(0, (stream.columns ?? line.length + 1) - 1);
    stream.write(stream.isTTY ? `\r\u001b[2K${fitting}` : `${line}\n`);
    shown = true;
  };
  let step: NodeJS.Timeout | undefined;
  const begin = setTimeout(() => {
    show();
    step = setInterval(show, stepMs);
  }, quietMs);
  return {
    answered: (check) => void open.delete(check),
    end() {
      clearTimeout(begin);
      clearInterval(step);
      if (shown && stream.isTTY) stream.write('\r\u001b[2K');
    },
  };
}
