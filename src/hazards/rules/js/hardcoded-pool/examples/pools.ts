import pLimit from 'p-limit';
import PQueue from 'p-queue';

const limit = pLimit(16); // want low: hard-coded: 16 at once
const queue = new PQueue({ concurrency: 4 }); // want low: hard-coded: 4 at once
const configured = new PQueue({ concurrency: settings.workers }); // bounded: settings.workers
const endless = new PQueue(); // nothing
const one = pLimit(1); // nothing
