/** The files that configure programs (`read.ts`), as glob patterns without a folder. */
export const configurationGlobs = [
  ...['.env*', '{docker-compose,compose}*.{yml,yaml}', 'application*.{yml,yaml,properties}', 'appsettings*.json'],
  '{celeryconfig,celery,celery_app,settings}.py',
];
