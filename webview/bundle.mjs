/** How the page is bundled: esbuild.mjs and the tests in a real browser build the very same thing. */
export const pageTarget = (minify) => ({
  entryPoints: { page: 'webview/main.tsx', chart: 'webview/chart/main.tsx' },
  bundle: true,
  platform: 'browser',
  target: 'es2022',
  format: 'iife',
  outdir: 'dist/webview',
  jsx: 'automatic',
  jsxImportSource: 'preact',
  minify: true,
  logLevel: 'warning',
  sourcemap: minify ? false : 'linked',
});
