// Writes one file over and over, now with one letter, now with the other, until it is killed; says each time it is done.
// node --import tsx writer.mts FILE
import { writeWhole } from '../../src/cli/wholeFile';

const [file = ''] = process.argv.slice(2);
/** Long enough for a kill to come in the middle. */
const length = 20_000_000;
for (let round = 0; ; round++) {
  writeWhole([{ flag: '--write', file, text: (round % 2 === 0 ? 'a' : 'b').repeat(length) }]);
  process.stdout.write('.');
}
