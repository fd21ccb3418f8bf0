export class Relay {
  listen(events: EventSource, worker: Worker) {
    events.onmessage = async (event) => { // want low: one running call per message
      await fetch(this.target, { method: 'POST', body: event.data });
    };
    events.addEventListener('message', async (event) => { // want low: one running call per message
      await fetch(this.target, { method: 'POST', body: event.data });
    });
    events.onerror = async (event) => { // nothing
      await this.report(event);
    };
    worker.onmessage = async (event) => { // nothing
      await this.report(event);
    };
  }
}
