import type { Report, StateChange } from '../model/report';
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
  /** The reports of the last analyses, latest first. */
  | { type: 'reports'; reports: readonly KeptReport[] }
  /** Two of them, the earlier one first; null once one of them is gone. */
  | { type: 'comparison'; comparison: { before: Report; after: Report } | null }
  /** The recording that is open; null when there is none. */
  | { type: 'recording'; recording: ShownRecording | null }
  /** A queue of the report to be looked at, by id. */
  | { type: 'focus'; queue: string }
  /** The answer to the page's question about that change. */
  | { type: 'whatIf'; change: WhatIfChange; result: WhatIfResult };

/** A report that can be compared with another. */
export interface KeptReport {
  id: number;
  /** When its window ended, ISO 8601. */
  at: string;
  sentence: string;
}

/** A recording and the moment that is shown of it; milliseconds since the epoch. */
export interface ShownRecording {
  name: string;
  moments: readonly number[];
  at: number;
  changes: readonly StateChange[];
}

/** How a report can be taken away. */
export const reportFormats = ['markdown', 'html', 'json'] as const;
export type ReportFormat = (typeof reportFormats)[number];

/** What the page says above the report, or instead of one. */
export interface PageStatus {
  phase: 'sampling' | 'live' | 'paused' | 'replaying' | 'failed' | 'empty';
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
  | { type: 'copy'; format: ReportFormat }
  /** To a file that the user names. */
  | { type: 'export'; format: ReportFormat }
  /** The flow map: SVG as text, PNG in base64. */
  | { type: 'exportMap'; format: 'svg' | 'png'; content: string }
  /** Ids of kept reports. */
  | { type: 'compare'; before: number; after: number }
  /** Another moment of the recording, milliseconds since the epoch. */
  | { type: 'scrub'; at: number }
  | { type: 'closeRecording' }
  | { type: 'chart'; queue: string }
  /** To the places in source code that produce or consume it. */
  | { type: 'code'; queue: string }
  /** A place in the workspace's code, relative to its folder; the line from 1. */
  | { type: 'place'; path: string; line: number }
  /** A command of the report, for the clipboard. */
  | { type: 'copyText'; text: string }
  | { type: 'reveal'; queue: string }
  | { type: 'whatIf'; change: WhatIfChange };
