/**
 * How much a file counts where several set the same name, least first: an example of an `.env` only where nothing else
 * does; of application files `.properties` before `.yml`, as Spring Boot has it; then what the program's environment is
 * given, which Spring, .NET and the rest all put above their files; last the override file of Compose.
 */
export const ranks = { example: 0, file: 1, properties: 2, environment: 3, override: 4 } as const;

/** One setting that a file of the workspace makes. */
export interface ConfiguredSetting {
  /** `NAME` of an environment, `a.b` of Spring, `A:B` of .NET, `celery.NAME` of Celery. */
  name: string;
  /** As it is written; placeholders (`${…}`) are still in it. */
  value: string;
  /** Relative to the root, with `/`. */
  path: string;
  /** From 1. */
  line: number;
  /** The folder whose programs are given it, relative to the root; empty: the root. */
  folder: string;
  rank: (typeof ranks)[keyof typeof ranks];
}
