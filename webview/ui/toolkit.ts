import { provideVSCodeDesignSystem, vsCodeButton, vsCodeCheckbox } from '@vscode/webview-ui-toolkit';
import { h, type ComponentChildren } from 'preact';

/*
 * The only file that knows @vscode/webview-ui-toolkit. It is archived upstream: to replace it, replace what is below.
 */

/** Registers the components used here. Called once, before the first render. */
export function registerToolkit() {
  provideVSCodeDesignSystem().register(vsCodeButton(), vsCodeCheckbox());
  // The toolkit reads the theme when the window loads; a page that loads late would keep its dark fall-back colours.
  if (document.readyState === 'complete') window.dispatchEvent(loadEvent());
}

/** As a browser makes it: dispatched at the window, with the document as target. VS Code shows the page only then. */
const loadEvent = () => Object.defineProperty(new Event('load'), 'target', { value: document });

interface ButtonProps {
  onClick: () => void;
  /** The one main action of a group. */
  primary?: boolean;
  label?: string;
  title?: string;
  disabled?: boolean;
  children: ComponentChildren;
}

export const Button = ({ onClick, primary = false, label, title, disabled = false, children }: ButtonProps) =>
  h(
    'vscode-button',
    { appearance: primary ? 'primary' : 'secondary', onClick, 'aria-label': label, title, disabled },
    children,
  );

interface CheckboxProps {
  checked: boolean;
  onChange: (checked: boolean) => void;
  children: ComponentChildren;
}

export const Checkbox = ({ checked, onChange, children }: CheckboxProps) =>
  h(
    'vscode-checkbox',
    {
      checked,
      // The element also reports changes that come from `checked` above; only the user's own may be passed on.
      onChange: ({ currentTarget }: { currentTarget: EventTarget | null }) => {
        const now = (currentTarget as unknown as { checked: boolean }).checked;
        if (now !== checked) onChange(now);
      },
    },
    children,
  );
