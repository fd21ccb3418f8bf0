import type { Report } from '../model/report';
import type { WhatIfChange, WhatIfResult } from '../model/whatIf';

/** What the extension tells the report page. */
export type ToPage =
  | {
      type: 'report';
      report: Report;
      /** The last minutes of each queue by id: [milliseconds since the epoch, messages]. */ history: Record<
        string,
        [at: number, backlog: number][]
      >;
    }
  | { type: 'status'; status: PageStatus }
  /** The answer to the page's question about that change. */
  | { type: 'whatIf'; change: WhatIfChange; result: WhatIfResult };

/** What the page says above the report, or instead of one. */
export interface PageStatus {
  phase: 'sampling' | 'live' | 'paused' | 'failed' | 'empty';
  /** One sentence; what happened and what to do next. */
  text: string;
  /** 0…1 while sampling. */
  progress: number | null;
}

/** What the page asks of the extension. */
export type FromPage =
  | { type: 'ready' }
  | { type: 'analyze' }
  | { type: 'cancel' }
  | { type: 'setLive'; live: boolean }
  | { type: 'copy'; format: 'markdown' | 'json' }
  /** A command of the report, for the clipboard. */
  | { type: 'copyText'; text: string }
  | { type: 'reveal'; queue: string }
  | { type: 'whatIf'; change: WhatIfChange };
