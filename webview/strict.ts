import { config } from 'zod';

// zod would compile its checks with `new Function`, which the page's policy forbids and reports. Imported before any schema.
config({ jitless: true });
