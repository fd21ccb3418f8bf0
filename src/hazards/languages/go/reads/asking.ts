import type { Node } from 'web-tree-sitter';
import type { Growth } from '../../../rule';
import { growing } from '../growing';
import { oneLine } from '../../../syntax';
import type { Declarations } from '../declarations';

/** A read that asks for all there is. @param doubt what the file does not show */
export const asking = (place: Node, unit: Growth['unit'], step: string, doubt?: string): Growth =>
  growing(unit, oneLine(place), [step], { place, repeated: place }, doubt);

/** Whom the program has called itself answers what it asks. In a file that also takes calls nobody knows who is who. */
export const callsOnly = (file: Declarations): boolean =>
  file.says('\\bDial\\w*\\(|\\.Dialer\\b|^package \\w*client\\b') &&
  !file.says('\\.Upgrade\\(|\\bUpgrader\\b|\\.Accept\\w*\\(|\\bListen\\w*\\(');
