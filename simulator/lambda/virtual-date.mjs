const RealDate = Date;

/**
 * Makes `Date` tell virtual time. Inside an invocation time runs in real steps, because the invocation
 * holds the simulator's clock, so an offset is all that is needed.
 * @returns {(nowMs: number) => void} sets the current virtual instant, epoch milliseconds
 */
export function installVirtualDate() {
  let offsetMs = 0;
  const now = () => RealDate.now() + offsetMs;
  const VirtualDate = new Proxy(RealDate, {
    construct: (target, args, newTarget) =>
      Reflect.construct(target, args.length === 0 ? [now()] : args, newTarget),
    apply: () => new RealDate(now()).toString(),
    get: (target, key) => (key === 'now' ? now : Reflect.get(target, key)),
  });
  RealDate.prototype.constructor = VirtualDate;
  globalThis.Date = VirtualDate;
  return (nowMs) => {
    offsetMs = nowMs - RealDate.now();
  };
}
