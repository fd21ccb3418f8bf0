import * as z from 'zod';
import { figure } from './figureSchema';

/** A change that somebody thinks of making to a stage; null leaves a thing as it was measured. */
export const whatIfChange = z.object({
  /** Name of a stage of the report. */
  stage: z.string(),
  /** In all, not to add. */
  instances: figure,
  /** Messages per second that may arrive at the stage. */
  producerLimit: figure,
  /** Time in which the backlog should be gone; it decides the instances where they are not given. */
  drainSeconds: figure,
  /** Time one instance takes for a message, above 0; absent or null: as measured. */
  secondsPerMessage: z.number().positive().nullable().optional(),
});
export type WhatIfChange = z.infer<typeof whatIfChange>;

/** What the change would do. */
export const whatIfResult = z.object({
  /** Until the backlog is gone; 0 when there is none, null: never, or not known. */
  drainSeconds: figure,
  /** 0…1, once the backlog is gone; null when the capacity is not known. 1 when the stage does not keep up. */
  utilisation: figure,
  /** Money per month for all instances of the stage; null without a price or a number of instances. */
  monthlyCost: figure,
  /** Messages that may wait so that none waits longer than the objective allows (Little's law). */
  bufferSize: figure.optional(),
  /** Messages that each instance has to hold for what it does then, where the broker has a prefetch. */
  prefetch: figure.optional(),
  /** Where the bottleneck is then, the stage itself included; its capacity only where it has been seen. */
  next: z.object({ stage: z.string(), atRate: figure }).nullable(),
  /** All of it for a person, with figures. */
  sentence: z.string(),
});
export type WhatIfResult = z.infer<typeof whatIfResult>;
