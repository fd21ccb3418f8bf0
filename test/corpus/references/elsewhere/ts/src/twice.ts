export let target = 'left';
if (process.argv.length > 2) target = 'right';
