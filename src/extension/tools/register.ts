import { LanguageModelTextPart, LanguageModelToolResult, lm, type Disposable } from 'vscode';
import type { App } from '../context';
import type { ToolName } from './inputs';

/** What the user is asked before an assistant gets an answer, and told while it is made. */
const tools: Record<ToolName, { doing: string; title: string; ask: (app: App) => string }> = {
  backpressure_analyze: {
    doing: 'Analyzing backpressure',
    title: 'Analyze backpressure?',
    ask: (app) => `${reads(app)} for up to a minute, and gives the report to the assistant.`,
  },
  backpressure_list_queues: {
    doing: 'Reading queues',
    title: 'List queues?',
    ask: (app) => `${reads(app)} once, and gives the names and figures of queues to the assistant.`,
  },
  backpressure_scan_source: {
    doing: 'Scanning source code',
    title: 'Scan source code for unbounded work?',
    ask: () =>
      'Reads the source of this workspace, and gives the places it finds to the assistant. No file is changed.',
  },
  backpressure_recommend_strategy: {
    doing: 'Weighing flow-control strategies',
    title: 'Recommend a flow-control strategy?',
    ask: (app) => `${reads(app)} for up to a minute, and gives the ranked strategies to the assistant.`,
  },
  backpressure_generate_alerts: {
    doing: 'Writing alert rules',
    title: 'Generate alert rules?',
    ask: (app) =>
      `${reads(app)} for up to a minute, and gives the text of the rules to the assistant. No file is written.`,
  },
};

const reads = ({ poller }: App) =>
  `Reads ${poller.brokers.map(({ config }) => config.name).join(', ') || 'no broker yet'}, changing nothing,`;

/** Registers the tools of package.json for the assistants of the editor. */
export const registerTools = (app: App): Disposable[] =>
  (Object.keys(tools) as ToolName[]).map((name) => {
    const { doing, title, ask } = tools[name];
    return lm.registerTool<object>(name, {
      prepareInvocation: () => ({
        invocationMessage: doing,
        confirmationMessages: { title, message: ask(app) },
      }),
      invoke: async ({ input }, token) => {
        const { answer } = await import('../later');
        const text = await answer(app, name, input, token);
        app.log.info(`${name}: ${text.length} characters for an assistant`);
        return new LanguageModelToolResult([new LanguageModelTextPart(text)]);
      },
    });
  });
