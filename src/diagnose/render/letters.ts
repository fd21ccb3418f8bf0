/** What a person counts as letters, so that columns stay straight and no letter is cut in two. */
export const letters = (text: string): string[] => Array.from(segmenter.segment(text), ({ segment }) => segment);
const segmenter = new Intl.Segmenter('en');
