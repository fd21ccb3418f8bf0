import { MarkdownString, ThemeColor, ThemeIcon, TreeItem, TreeItemCollapsibleState } from 'vscode';
import type { Row } from './row';

/** A row as the editor draws it; one that went meanwhile is still answered. */
export function treeItemOf(id: string, row: Row | undefined): TreeItem {
  if (!row) return new TreeItem('gone');
  const { Collapsed, Expanded, None } = TreeItemCollapsibleState;
  const isLeaf = row.children.length === 0 && !row.opens;
  const item = new TreeItem(row.label, isLeaf ? None : row.expanded ? Expanded : Collapsed);
  item.id = id;
  item.description = row.description;
  // Some product icons have a colour of their own; the plain foreground is asked for so that colour means trouble.
  item.iconPath = new ThemeIcon(row.icon.id, new ThemeColor(row.icon.color ?? 'icon.foreground'));
  item.contextValue = row.kind;
  item.accessibilityInformation = { label: row.spoken };
  if (row.command) {
    item.command = { command: row.command.id, title: row.command.title, arguments: [row.command.argument] };
  }
  return item;
}

/** The hover of a row. Only our own links work in it: text from outside cannot become a command. */
export function hoverOf(row: Row | undefined): MarkdownString {
  const text = new MarkdownString(row?.tooltip() ?? '');
  text.isTrusted = { enabledCommands: ['backpressure.analyze', 'backpressure.showChart'] };
  text.supportHtml = false;
  return text;
}
