import * as z from 'zod';
import type { FromPage } from '../src/protocol/page';

declare function acquireVsCodeApi(): {
  postMessage(message: FromPage): void;
  getState(): unknown;
  setState(state: PageState): void;
};

const pageState = z.object({
  /** Node id of the map. */
  selected: z.string().nullable().catch(null),
  /** How the map is shown: as it best fits the window, all of it, or where the user moved it. */
  view: z
    .union([z.enum(['readable', 'fit']), z.object({ scale: z.number().positive(), x: z.number(), y: z.number() })])
    .catch('readable'),
  live: z.boolean().catch(false),
});

/** What the page remembers while it is hidden; the report itself comes again from the extension. */
export type PageState = z.infer<typeof pageState>;

const api = acquireVsCodeApi();

/** The editor around the page. The editor hands out its api only once, so this is the only place that asks. */
export const host = {
  post: (message: FromPage) => api.postMessage(message),
  restore: (): PageState => {
    const stored = pageState.safeParse(api.getState() ?? {});
    return stored.success ? stored.data : { selected: null, view: 'readable', live: false };
  },
  remember: (state: PageState) => api.setState(state),
};
