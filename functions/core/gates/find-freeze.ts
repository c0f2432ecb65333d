import type { FreezeConfig } from '../config/freeze-schema.ts';

const days = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'];
const minutesOfDay = 24 * 60;

/** The first freeze that holds the service now; undefined when none does. */
export function findFreeze(
  freezes: readonly FreezeConfig[],
  service: string,
  nowMs: number,
): FreezeConfig | undefined {
  return freezes.find(
    (freeze) => (freeze.services?.includes(service) ?? true) && holds(freeze, nowMs),
  );
}

/** How people are told when it ends, e.g. `mon 08:00 Europe/Berlin`. */
export function freezeEnd(freeze: FreezeConfig): string {
  const { weekly, until = '' } = freeze;
  return weekly === undefined ? until : `${weekly.until} ${weekly.timeZone}`;
}

function holds({ from = '', until = '', weekly }: FreezeConfig, nowMs: number): boolean {
  if (weekly === undefined) return Date.parse(from) <= nowMs && nowMs < Date.parse(until);
  const begin = minuteOfWeek(weekly.from);
  const end = minuteOfWeek(weekly.until);
  const now = localMinuteOfWeek(nowMs, weekly.timeZone);
  // From Friday to Monday it holds around the end of the week.
  return begin < end ? begin <= now && now < end : now >= begin || now < end;
}

/** Minutes since Monday 00:00 of `fri 16:00`. */
function minuteOfWeek(text: string): number {
  const [day = '', time = ''] = text.split(' ');
  const [hours, minutes] = time.split(':').map(Number);
  return days.indexOf(day) * minutesOfDay + (hours ?? 0) * 60 + (minutes ?? 0);
}

/** What a clock on the wall shows there, summer time included. */
function localMinuteOfWeek(nowMs: number, timeZone: string): number {
  const parts = new Intl.DateTimeFormat('en-GB', {
    timeZone,
    weekday: 'short',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  }).formatToParts(nowMs);
  const part = (type: string) => parts.find((one) => one.type === type)?.value ?? '';
  return minuteOfWeek(`${part('weekday').toLowerCase()} ${part('hour')}:${part('minute')}`);
}
