import type { FromChart } from '../../src/protocol/chart';

/** What the page remembers: the queue it is about, so that the editor can bring it back after a restart. */
export interface ChartState {
  queue: string;
  /** How far back it looked. */
  seconds: number;
}

declare function acquireVsCodeApi(): {
  postMessage(message: FromChart): void;
  setState(state: ChartState): void;
};

const api = acquireVsCodeApi();

/** The editor around the chart. */
export const host = {
  post: (message: FromChart) => api.postMessage(message),
  remember: (state: ChartState) => api.setState(state),
};
