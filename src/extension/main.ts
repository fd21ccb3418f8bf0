import { window, type ExtensionContext } from 'vscode';
import { registerCommands } from './commands';
import { App } from './context';
import { registerHelp } from './help';
import { registerTools } from './tools/register';

/** Starts nothing that waits: brokers, files and the language server are first touched when somebody looks. */
export function activate(context: ExtensionContext): App {
  try {
    const app = new App(context);
    context.subscriptions.push(app, ...registerCommands(app), ...registerTools(app), registerHelp());
    void app.pipelineFile.read();
    return app;
  } catch (error) {
    // The editor itself would only write this into a log that nobody opens.
    void window.showErrorMessage(`Backpressure Analyzer could not start: ${String(error)}`);
    throw error;
  }
}
