import { boundedTypescript } from '../../harness/bounded/typescript';
import { describeBounded } from '../../harness/bounded/suite';

describeBounded('TypeScript', 'tsc and the strict rules of typescript-eslint have', await boundedTypescript());
