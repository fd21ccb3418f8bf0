const yaml = (name: string) => [`${name}.yml`, `${name}.yaml`];
const names = [
  ...['docker-compose*', 'compose*', 'application*', 'config', 'config/*'].flatMap(yaml),
  ...['.env', '.env.*', '*.env', 'application*.properties'],
  ...['celeryconfig.py', 'celery.py', 'celery_app.py', 'settings.py'],
  ...['js', 'ts', 'json'].flatMap((end) => [`config.${end}`, `config/*.${end}`]),
];

/** Files that may name a broker, as a glob pattern; without alternatives inside alternatives, which ripgrep cannot read. */
export const searchedFiles = `**/{${names.join(',')}}`;
/** What is made by tools or belongs to other people's packages. */
export const leftOut = '**/{node_modules,.git,dist,build,target,venv,.venv,vendor}/**';
