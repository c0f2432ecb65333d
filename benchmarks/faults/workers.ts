import { type ChildProcess, fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { ParentMessage, WorkerMessage } from './worker-messages.ts';

const workerFile = fileURLToPath(new URL('./worker.ts', import.meta.url));

/** Processes that answer one message at a time each. */
export class Workers {
  readonly #children: readonly ChildProcess[];

  constructor(count: number) {
    this.#children = Array.from({ length: count }, () =>
      fork(workerFile, { stdio: ['ignore', 'inherit', 'inherit', 'ipc'] }),
    );
  }

  /** The same to each of them. */
  async all(message: ParentMessage): Promise<void> {
    await Promise.all(this.#children.map((child) => ask(child, message)));
  }

  /** Hands the messages out, each to the next free worker; stops handing out once `onAnswer` throws. */
  async share(
    messages: readonly ParentMessage[],
    onAnswer: (answer: WorkerMessage) => void,
  ): Promise<void> {
    const waiting = [...messages];
    await Promise.all(
      this.#children.map(async (child) => {
        for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
          onAnswer(await ask(child, next));
        }
      }),
    );
  }

  /** Ends them, with all that they started. */
  stop(): void {
    for (const child of this.#children) child.kill('SIGTERM');
  }
}

function ask(child: ChildProcess, message: ParentMessage): Promise<WorkerMessage> {
  return new Promise((resolve, reject) => {
    const onExit = (code: number | null) =>
      reject(new Error(`A worker of the fault campaign ended with ${code} before its work`));
    child.once('exit', onExit);
    child.once('message', (answer: WorkerMessage) => {
      child.off('exit', onExit);
      if (answer.kind === 'broken') reject(new Error(answer.reason));
      else resolve(answer);
    });
    child.send(message);
  });
}
