import { boundedJava } from '../../harness/bounded/java';
import { describeBounded } from '../../harness/bounded/suite';

describeBounded('Java', 'javac -Xlint:all has', await boundedJava());
