import type { ComponentChild } from 'preact';
import { useEffect, useState } from 'preact/hooks';

interface FoldedProps {
  summary: string;
  /** How it starts, and what it turns to when this changes. */
  open: boolean;
  children: () => ComponentChild;
}

/** One line in place of much, which is made only once it is opened. */
export function Folded({ summary, open, children }: FoldedProps) {
  const [opened, setOpened] = useState(open);
  useEffect(() => setOpened(open), [open]);
  return (
    <details open={opened} onToggle={({ currentTarget }) => setOpened(currentTarget.open)}>
      <summary>{summary}</summary>
      {opened && children()}
    </details>
  );
}
