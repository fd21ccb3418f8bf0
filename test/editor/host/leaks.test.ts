import assert from 'node:assert/strict';
import { setTimeout as sleep } from 'node:timers/promises';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { commands, window } from 'vscode';
import { print } from './print';
import { app, eventually } from './support';

const growing = 'demo/validated/payment-processor';
const times = 100;
/** Bytes: a panel that is kept, with its document and its listeners, takes some ten thousand. */
const slack = 1e6;

setFlagsFromString('--expose-gc');
const collect = runInNewContext('gc') as () => void;

/** Bytes of everything that is reachable, the least of a few looks: what the editor has under way goes meanwhile. */
async function heap(): Promise<number> {
  const looks: number[] = [];
  for (let i = 0; i < 5; i++) {
    collect();
    await sleep(20);
    looks.push(process.memoryUsage().heapUsed);
  }
  return Math.min(...looks);
}

const tabs = () => window.tabGroups.all.flatMap((group) => group.tabs).length;
const tabsAre = (count: number) =>
  eventually(window.tabGroups.onDidChangeTabs, `${count} tabs are open`, () => tabs() === count);

describe('report and chart, opened and closed a hundred times', () => {
  after(() => commands.executeCommand('backpressure.stopDemo'));

  it('leave no listener, no panel, no reading and no memory behind', async function () {
    this.timeout(180_000);
    const running = await app();
    await commands.executeCommand('workbench.action.closeAllEditors');
    await commands.executeCommand('backpressure.startDemo');
    await commands.executeCommand('backpressure.analyze');
    const openAndClose = async (wholly: boolean) => {
      running.panel.show();
      // A page that is closed before it was loaded has less to leave behind.
      while (wholly && !running.panel.stands) await sleep(10);
      running.charts.show(growing);
      await tabsAre(2);
      running.charts.close();
      running.panel.close();
      await tabsAre(0);
    };
    const state = () => ({ held: running.held, holders: running.poller.holders, charts: running.charts.open.length });
    for (let i = 0; i < 10; i++) await openAndClose(i % 5 === 0);
    const [before, heapBefore] = [state(), await heap()];
    for (let i = 0; i < times; i++) await openAndClose(i % 20 === 0);
    assert.deepEqual(state(), before);
    assert.equal(running.panel.visible, false);
    const grown = (await heap()) - heapBefore;
    print(`      [leaks] ${Math.round(grown / times)} bytes for each opening`);
    assert.ok(grown < slack, `the heap grew by ${grown} bytes`);
  });
});
