import type { TextDocument } from 'vscode-languageserver-textdocument';
import { mayHoldRules } from '../hazards/alerts/words';
import { alertFiles, languageByEditorId } from '../hazards/languages/named';

/** What reads a document; null: nothing does. */
export const languageOfDocument = ({ languageId }: TextDocument) =>
  languageId === alertFiles ? alertFiles : languageByEditorId(languageId);

/** Is there anything to say about a document? Of YAML editors send every file; few hold rules. */
export function isRead(document: TextDocument): boolean {
  const language = languageOfDocument(document);
  return language === alertFiles ? mayHoldRules(document.getText()) : language !== null;
}
