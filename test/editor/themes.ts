/** The editor's own themes, one of each kind: how its list calls it, and the class that the workbench then carries. */
export const themes = [
  { theme: 'Dark Modern', mark: 'vs-dark', name: 'dark' },
  { theme: 'Light Modern', mark: 'vs', name: 'light' },
  { theme: 'Dark High Contrast', mark: 'hc-black', name: 'high-contrast' },
  { theme: 'Light High Contrast', mark: 'hc-light', name: 'high-contrast-light' },
] as const;
