import type { SeededBug } from './seeded-bugs.ts';
import type { Budget, Scenario } from './world.ts';

const base = { onNewerPush: 'wait', atOnce: 2 } as const;
const own = (image: number) => ({ tag: `v${image}`, image, afterMs: 10_000 * image });
/** Within one second, as ECR's events tell the time. */
const close = (image: number) => ({ tag: `v${image}`, image, afterMs: 100 * image });
const sameTag = (image: number, afterMs: number) => ({ tag: 'v1', image, afterMs });

/** Whatever AWS's delivery levels and the death of a function allow. */
const faults: Budget = {
  crash: 2,
  lose: 2,
  duplicate: 2,
  orphan: 2,
  timeout: 2,
  sweep: 2,
  rollbackFails: 1,
};
const hands: Budget = { stopExecution: 1, stopDeployment: 1, redrive: 1 };
const one = { ...base, pushes: [own(1)], budget: faults, faults: 1 };
const two = { ...base, pushes: [own(1), own(2)], budget: faults, faults: 0 };

/** The sweep gives a push's event up for lost, the event comes after all, and neither start is shown to the other. */
const twoStarts = { ...one, budget: { sweep: 1, stale: 2 }, faults: 3 };

/**
 * Production runs image 0, and is to run it again while image 1 is on its way. Only the events tell which came first:
 * where one is lost, the sweep says that ECR does not, and what was released stays.
 */
const goingBack: Scenario = {
  ...two,
  name: 'a new tag on the image of before',
  pushes: [own(1), { tag: 'v0-again', image: 0, afterMs: 20_000 }],
  fates: ['good', 'good'],
  budget: { crash: 2, duplicate: 2, timeout: 2 },
  faults: 1,
  atOnce: 1,
};

/** Explored by `npm test` in a few seconds: one function at a time. */
export const smallScenarios: readonly Scenario[] = [
  { ...one, name: 'a good image, one fault', fates: ['good', 'good'], atOnce: 1 },
  {
    ...one,
    name: 'a bad image, one loss',
    fates: ['good', 'bad'],
    budget: { lose: 1 },
    atOnce: 1,
  },
  { ...two, name: 'two good images', fates: ['good', 'good', 'good'], atOnce: 1 },
  { ...twoStarts, name: 'a good image started twice', fates: ['good', 'good'], atOnce: 1 },
  { ...twoStarts, name: 'a bad image started twice', fates: ['good', 'bad'], atOnce: 1 },
];

/** What each seeded bug shows in. */
export const bugScenarios: Readonly<Record<SeededBug, Scenario>> = {
  'redrive count ignored': {
    ...one,
    name: 'stopped by a person and redriven',
    fates: ['good', 'good'],
    budget: { stopDeployment: 1, redrive: 1 },
    faults: 2,
    atOnce: 1,
  },
  'newer image not looked for': {
    ...two,
    name: 'two good images',
    fates: ['good', 'good', 'good'],
    atOnce: 1,
  },
  'started push not looked for': {
    ...one,
    name: 'a bad image whose event is late',
    fates: ['good', 'bad'],
    budget: { sweep: 1 },
    atOnce: 1,
  },
  'deployed push not looked for': {
    ...twoStarts,
    name: 'a bad image started twice',
    fates: ['good', 'bad'],
    atOnce: 1,
  },
  'rollback not waited for': {
    ...one,
    name: 'a bad image',
    fates: ['good', 'bad'],
    budget: {},
    atOnce: 1,
  },
};

/** Explored by `npm run explore`. */
export const largeScenarios: readonly Scenario[] = [
  ...smallScenarios,
  { ...one, name: 'a bad image, one fault', fates: ['good', 'bad'], atOnce: 1 },
  {
    ...one,
    name: 'a good image, two hands in it',
    fates: ['good', 'good'],
    budget: hands,
    faults: 2,
    atOnce: 1,
  },
  { ...one, name: 'a good image, two at once', fates: ['good', 'good'] },
  { ...twoStarts, name: 'a good image started twice, two at once', fates: ['good', 'good'] },
  { ...twoStarts, name: 'a bad image started twice, two at once', fates: ['good', 'bad'] },
  { ...one, name: 'a bad image, two at once', fates: ['good', 'bad'] },
  { ...one, name: 'an image that fails early, two at once', fates: ['good', 'early'] },
  { ...one, name: 'an image that fails late, two at once', fates: ['good', 'late'] },
  { ...one, name: 'a good image, two faults', fates: ['good', 'good'], faults: 2, atOnce: 1 },
  { ...one, name: 'a bad image, two faults', fates: ['good', 'bad'], faults: 2, atOnce: 1 },
  {
    ...one,
    name: 'a bad image, hands and faults',
    fates: ['good', 'bad'],
    budget: { ...faults, ...hands },
    faults: 2,
    atOnce: 1,
  },
  { ...two, name: 'two good images, two at once', fates: ['good', 'good', 'good'] },
  {
    ...two,
    name: 'two good images, the newer supersedes',
    fates: ['good', 'good', 'good'],
    onNewerPush: 'supersede',
    faults: 1,
    atOnce: 1,
  },
  {
    ...two,
    name: 'a bad image, then a good one',
    fates: ['good', 'bad', 'good'],
    faults: 1,
    atOnce: 1,
  },
  {
    ...two,
    name: 'a good image, then a bad one',
    fates: ['good', 'good', 'bad'],
    faults: 1,
    atOnce: 1,
  },
  {
    ...two,
    name: 'two images within one second',
    pushes: [close(1), close(2)],
    fates: ['good', 'good', 'good'],
    faults: 1,
    atOnce: 1,
  },
  {
    ...two,
    name: 'a tag that moves on and back',
    pushes: [sameTag(1, 0), sameTag(2, 10_000), sameTag(1, 20_000)],
    fates: ['good', 'good', 'good'],
    atOnce: 1,
  },
  goingBack,
  {
    ...goingBack,
    name: 'a new tag on the image of before, two at once, the newest supersedes',
    onNewerPush: 'supersede',
    atOnce: 2,
  },
  {
    ...two,
    name: 'three images, the newest supersedes',
    pushes: [own(1), own(2), own(3)],
    fates: ['good', 'good', 'bad', 'good'],
    onNewerPush: 'supersede',
    atOnce: 1,
  },
];
