import { QuickInputButtons, ThemeIcon, window, type InputBox, type QuickInput, type QuickPickItem } from 'vscode';
import { Owner } from './owner';

/** The way back to the question before. */
export const back = Symbol('back');
type Answer<T> = T | typeof back | undefined;

/** Which question this is. */
export interface Place {
  title: string;
  step: number;
  totalSteps: number;
}

/** A question that is answered by typing. */
export interface TextQuestion {
  title: string;
  prompt: string;
  value: string;
  placeholder?: string;
  password?: boolean;
  /** What is wrong with an answer, in a sentence; null for nothing. */
  problem?: (text: string) => string | null | Promise<string | null>;
  /** Hears of every change. @returns what is wrong with it, shown at once; null for nothing */
  typed?: (text: string) => string | null;
  /** It asks for a file, which can be chosen instead of typed. */
  file?: boolean;
}

const browse = { iconPath: new ThemeIcon('folder-opened'), tooltip: 'Choose a file…' };

/** Asks for a text. @returns undefined when the person stepped out */
export function askText(place: Place, question: TextQuestion): Promise<Answer<string>> {
  const input = window.createInputBox();
  input.prompt = question.prompt;
  input.value = question.value;
  input.placeholder = question.placeholder;
  input.password = question.password ?? false;
  return ask<string>(input, { ...place, title: question.title }, (owner, answer) => {
    if (question.file) offerFiles(input, owner);
    const accept = async () => {
      const problem = (await question.problem?.(input.value)) ?? null;
      if (problem === null) answer(input.value);
      else input.validationMessage = problem;
    };
    owner.own(input.onDidAccept(() => void accept()));
    owner.own(
      input.onDidChangeValue((text) => {
        input.validationMessage = question.typed?.(text) ?? undefined;
      }),
    );
  });
}

/** Asks for one of a few. @returns undefined when the person stepped out */
export function askOne<Item extends QuickPickItem>(
  place: Place,
  items: readonly Item[],
  active: Item | undefined,
): Promise<Answer<Item>> {
  const pick = window.createQuickPick<Item>();
  pick.items = items;
  pick.activeItems = active ? [active] : [];
  return ask<Item>(pick, place, (owner, answer) => {
    owner.own(pick.onDidAccept(() => answer(pick.selectedItems[0])));
  });
}

/** The button opens the editor's file dialog; meanwhile the question stays. */
function offerFiles(input: InputBox, owner: Owner): void {
  input.buttons = [browse];
  owner.own(
    input.onDidTriggerButton(async (button) => {
      if (button !== browse) return;
      const [file] = (await window.showOpenDialog({ title: input.title ?? '', openLabel: 'Use This File' })) ?? [];
      if (file) input.value = file.fsPath;
      input.show();
    }),
  );
}

function ask<T>(
  input: QuickInput & Pick<InputBox, 'buttons' | 'onDidTriggerButton'>,
  { title, step, totalSteps }: Place,
  listen: (owner: Owner, answer: (given: Answer<T>) => void) => void,
): Promise<Answer<T>> {
  const owner = new Owner();
  owner.own(input);
  Object.assign(input, { title, step, totalSteps, ignoreFocusOut: true });
  return new Promise((resolve) => {
    const answer = (given: Answer<T>) => {
      resolve(given);
      owner.dispose();
    };
    listen(owner, answer);
    if (step > 1) input.buttons = [QuickInputButtons.Back, ...input.buttons];
    owner.own(
      input.onDidTriggerButton((button) => {
        if (button === QuickInputButtons.Back) answer(back);
      }),
    );
    owner.own(input.onDidHide(() => answer(undefined)));
    input.show();
  });
}
