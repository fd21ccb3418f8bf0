import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { keywords } from '../../../src/generate/code/keywords';
import { codeLanguages, scaffolds } from '../../../src/generate/code/kinds';
import { nameOf, renamed } from '../../../src/generate/code/names';
import { inPackage, packageOf } from '../../../src/generate/code/package';
import { defaultName, templatePath, writeCode } from '../../../src/generate/code/render';
import { projectRoot } from '../../harness/tools';

const templates = path.join(projectRoot, 'src/generate/code/templates');
const texts = Object.entries(scaffolds).flatMap(([kind, { languages, forms }]) =>
  languages.flatMap((language) =>
    [null, ...(forms?.[language] ?? [])].map((form) => ({
      kind,
      language,
      form,
      place: templatePath(kind, language, form),
    })),
  ),
);
const read = (place: string) => readFileSync(path.join(templates, place), 'utf8');

describe('a name', () => {
  it.each(['OrderWorkers', 'orderWorkers', 'order_workers', 'ORDER_WORKERS', 'order-workers'])(
    'is the same however it is written: %s',
    (text) =>
      expect(nameOf(text)).toEqual({
        ...{ pascal: 'OrderWorkers', camel: 'orderWorkers', snake: 'order_workers' },
        ...{ constant: 'ORDER_WORKERS', flat: 'orderworkers' },
      }),
  );

  it('keeps what is written in capitals, and digits', () => {
    expect(nameOf('HTTPWorkers')).toMatchObject({ pascal: 'HTTPWorkers', camel: 'httpWorkers', snake: 'http_workers' });
    expect(nameOf('OrderWorkers2')).toMatchObject({ pascal: 'OrderWorkers2', snake: 'order_workers2' });
  });

  it.each(['', '2fast', 'a b', 'a;b', '"; drop', '*/', '`x`', 'a\nb', 'naïve', '_a', 'a__b', 'x'.repeat(65)])(
    'is not %j',
    (text) => expect(nameOf(text)).toBeNull(),
  );

  it('is changed where the word is meant, and not inside another', () => {
    const [from, to] = [nameOf('WorkerPool')!, nameOf('OrderJobs')!];
    expect(renamed('NewWorkerPool workerPoolSize _worker_pool WORKER_POOL_MAX package workerpool', from, to)).toBe(
      'NewOrderJobs orderJobsSize _order_jobs ORDER_JOBS_MAX package orderjobs',
    );
    expect(renamed('CoworkerPool workerPools workerpooling', from, to)).toBe('CoworkerPool workerPools workerpooling');
  });
});

describe.each(texts)('the template $place', ({ kind, language, place }) => {
  const write = (name: string, concurrency: number | null = null) =>
    writeCode(read(place), kind, language, { name, concurrency });

  it('is there, and stays as it is under its own name', () => {
    expect(existsSync(path.join(templates, place))).toBe(true);
    expect(write(defaultName(kind)).text).toBe(read(place));
  });

  it('leaves nothing of its own name under another', () => {
    const { text, fileName } = write('QuxZapper');
    for (const form of Object.values(nameOf(defaultName(kind)) ?? {})) expect(text).not.toContain(form);
    expect(fileName).toMatch(new RegExp(`\\.${codeLanguages[language].extension}$`));
  });

  it('is not written under a word of its language or a name that it uses itself', () => {
    for (const word of keywords[language]) {
      if (nameOf(word)) expect(() => write(word)).toThrow(/cannot be used/);
    }
    const own = nameOf(defaultName(kind))!.pascal;
    const first = new RegExp(`\\b(?!${own})[A-Z]\\w+(?= [{(])`).exec(read(place))?.[0];
    if (first !== undefined) expect(() => write(first)).toThrow();
  });

  it('has its size in one place, or none at all', () => {
    const lines = (size: number | null) => write('QuxZapper', size).text.split('\n');
    if (/default_?concurrency/i.test(read(place))) {
      const before = lines(null);
      const changed = lines(4321).filter((line, index) => line !== before[index]);
      expect(changed).toEqual([expect.stringMatching(/= 4321;?$/)]);
    } else {
      expect(() => lines(4321)).toThrow('this text has no size');
    }
    for (const wrong of [0, -1, 1e9, 1.5, NaN]) expect(() => lines(wrong)).toThrow(/no whole number|has no size/);
  });

  it('tells the package that it was put into, as a file beside it would be asked', () => {
    for (const [language, name] of [
      ['go', 'orders'],
      ['java', 'com.example.orders'],
      ['csharp', 'Example.Orders'],
    ] as const) {
      const template = read(templatePath('worker-pool', language, null));
      expect(packageOf(inPackage(template, name, language), language)).toBe(name);
    }
    expect(packageOf('const a = 1;', 'typescript')).toBeNull();
  });

  it('belongs to the package that is named, where its language has any', () => {
    const options = { name: 'QuxZapper', concurrency: null };
    const of = (name: string) => writeCode(read(place), kind, language, { ...options, package: name }).text;
    for (const wrong of ['a;b', 'a\nb', 'a..b', '', 'x-y', 'if']) expect(() => of(wrong)).toThrow(/package of|lies/);
    if (language === 'go') {
      expect(of('main')).toMatch(/^package main\n/);
    } else if (language === 'java') {
      expect(of('com.shop')).toBe(`package com.shop;\n\n${write('QuxZapper').text}`);
    } else if (language === 'csharp') {
      expect(of('Shop.Orders')).toMatch(/^namespace Shop\.Orders\n\{\n {4}using System;\n[\s\S]*\n {4}\}\n\}\n$/);
    } else {
      expect(() => of('shop')).toThrow(/belongs to where it lies/);
    }
  });

  it('has nothing in it from a name that is none', () => {
    fc.assert(
      fc.property(fc.string(), (name) => {
        fc.pre(nameOf(name) === null);
        expect(() => write(name)).toThrow(/is no name/);
      }),
    );
  });
});
