/** What files of the workspace set a name to. */
export interface Configured {
  /** Null: they differ, and which one counts is only known when the program runs. */
  value: string | null;
  /** `path:line`; of files that differ all of them, each with its value. */
  origin: string;
}

/** Settings that files of the workspace make, by their `relaxed` names; those of the machine are nobody's evidence. */
export type Environment = ReadonlyMap<string, Configured>;

/**
 * A setting's name as all its spellings are compared. Spring's `app.orderTopic` and `app.order-topic` are one, .NET's
 * keys know no case; the name of an environment variable is taken as it is.
 */
export const relaxed = (name: string): string => (/[.:]/.test(name) ? name.toLowerCase().replaceAll('-', '') : name);
