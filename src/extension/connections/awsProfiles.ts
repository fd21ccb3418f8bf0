import { readFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import path from 'node:path';

/** The names of the profiles in AWS' own two files, sorted; nothing else of them is kept. Empty where there are none. */
export async function awsProfiles(environment: NodeJS.ProcessEnv): Promise<string[]> {
  const own = (name: string) => path.join(homedir(), '.aws', name);
  const files = [
    environment.AWS_CONFIG_FILE ?? own('config'),
    environment.AWS_SHARED_CREDENTIALS_FILE ?? own('credentials'),
  ];
  const texts = await Promise.all(files.map((file) => readFile(file, 'utf8').catch(() => '')));
  return [...new Set(texts.flatMap(profileNames))].sort();
}

/** Sections are `[default]`, `[profile NAME]` in the one file and `[NAME]` in the other. */
export const profileNames = (text: string): string[] =>
  [...text.matchAll(/^\s*\[\s*(?:profile\s+)?([^\]\s]+)\s*\]/gm)].map(([, name = '']) => name);
