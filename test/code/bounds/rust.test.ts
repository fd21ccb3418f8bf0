import { boundedRust } from '../../harness/bounded/rust';
import { describeBounded } from '../../harness/bounded/suite';

describeBounded('Rust', 'clippy has', await boundedRust());
