import { boundedPython } from '../../harness/bounded/python';
import { describeBounded } from '../../harness/bounded/suite';

describeBounded('Python', 'mypy --strict and ruff have', await boundedPython());
