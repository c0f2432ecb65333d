import { fixedSample } from './fixed-sample.ts';
import { greengate, greengateCloser } from './greengate.ts';
import { kayenta } from './kayenta.ts';
import type { Method } from './method.ts';
import { argo, argoStrict, flagger } from './threshold-rules.ts';

/** Ours first, then the rivals, all shown the same streams. */
export const methods: readonly Method[] = [
  greengate,
  greengateCloser,
  flagger,
  argo,
  argoStrict,
  kayenta,
  fixedSample,
];
