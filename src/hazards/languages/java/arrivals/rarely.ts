import { runsSeldom } from '../../../handedOver';
import { stopName } from '../names';

/** By its name, does the method run once or now and then, or ask for something? Of `runLater(task)` the first word says nothing. */
export const isRarely = (method: string) =>
  /^(get|find|locate|is|has|on(Scheduled|Enabled|Disabled|Start\w*|Stop\w*|Init\w*))(?![a-z])/.test(method) ||
  (!/^run[A-Z]/.test(method) && runsSeldom(method)) ||
  stopName.test(method) ||
  givesBack.test(method) ||
  ofLife.test(method) ||
  addsPart.test(method);

/** Methods that are told of a part of the program that begins or ends. */
const ofLife =
  /^(on|handle|fire|notify)\w*(start(ed|ing)?|stop(ped|ping)?|open(ed|ing)?|clos(ed?|ing)|config\w*|error)$|Accepting\w*$|^_*((de)?activate|deregister|rollback|reload|recover|abort|snapshot)(?![a-z])|^initiali[sz]e|uncaught/i;

/** Methods by which a program is put together. */
const addsPart =
  /^(add|set|with|register)\w*(Injector|Filter|Listener|Handler|Interceptor|Provider|Factory|Hook|Plugin|Module|Observer|Resource)s?$/;

/** Methods that put back what was taken. */
const givesBack = /release|recycl|giveBack|putBack|return|restore|requeue|(?<!With|Or)retry|unlock/i;
