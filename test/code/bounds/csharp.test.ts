import { boundedCsharp } from '../../harness/bounded/csharp';
import { describeBounded } from '../../harness/bounded/suite';

describeBounded('C# (Mono, up to 7.2)', 'mcs -warn:4 has', await boundedCsharp());
