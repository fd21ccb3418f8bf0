// web-tree-sitter, with quicker ways where each node that is looked at passes: they are a twentieth of a scan.
import { readFileSync } from 'node:fs';

/** What stands in the library, once, and what stands there in a bundle. */
const mends = [
  // Almost all numbers that it exchanges with its WebAssembly are of this type.
  ['function getValue(ptr, type = "i8") {', '$& if (type === "i32") return LE_HEAP_LOAD_I32(ptr);'],
  ['function setValue(ptr, value, type = "i8") {', '$& if (type === "i32") return LE_HEAP_STORE_I32(ptr, value);'],
  // A field with a number for its name costs each node an array of such fields.
  ['[0] = 0;\n  // Internal handle for Wasm\n  /** @internal */\n  _children;\n', ''],
  ['this[0] = other;', 'this.other = other;'],
  ['C.setValue(address, node[0], "i32");', 'C.setValue(address, node.other, "i32");'],
  // Which symbols have these types is the same in each tree of a language.
  [
    `const symbols = [];
    const typesBySymbol = this.tree.language.types;
    for (const node_type of types) {
      if (node_type == "ERROR") {
        symbols.push(65535);
      }
    }
    for (let i2 = 0, n = typesBySymbol.length; i2 < n; i2++) {
      if (types.includes(typesBySymbol[i2])) {
        symbols.push(i2);
      }
    }`,
    `const { language } = this.tree;
    const asked = types.join(" ");
    language.symbolsOf ??= new Map();
    if (!language.symbolsOf.has(asked)) {
      const symbols = [...language.types.keys()].filter((symbol) => types.includes(language.types[symbol]));
      language.symbolsOf.set(asked, types.includes("ERROR") ? [65535, ...symbols] : symbols);
    }
    const symbols = language.symbolsOf.get(asked);`,
  ],
];

/** @throws {Error} when the library has changed there */
export const quickTrees = {
  name: 'quick-trees',
  setup(build) {
    build.onLoad({ filter: /web-tree-sitter\.cjs$/ }, ({ path }) => {
      let contents = readFileSync(path, 'utf8');
      for (const [slow, quick] of mends) {
        if (contents.split(slow).length !== 2) throw new Error(`web-tree-sitter no longer has once: ${slow}`);
        contents = contents.replace(slow, quick);
      }
      return { contents };
    });
  },
};
