import type { CodeLanguage } from './kinds';

const words = (text: string): ReadonlySet<string> => new Set(text.split(/\s+/));

/** Words that cannot name something of one's own, by the specification of each language. */
export const keywords: Readonly<Record<CodeLanguage, ReadonlySet<string>>> = {
  // go.dev/ref/spec: Keywords, Predeclared identifiers.
  go: words(`break case chan const continue default defer else fallthrough for func go goto if import interface map
    package range return select struct switch type var any bool byte comparable complex64 complex128 error float32
    float64 int int8 int16 int32 int64 rune string uint uint8 uint16 uint32 uint64 uintptr true false iota nil append
    cap clear close complex copy delete imag len make max min new panic print println real recover init main`),
  // ECMA-262: ReservedWord, and what is reserved in strict mode; names of TypeScript's own types.
  typescript: words(`await break case catch class const continue debugger default delete do else enum export extends
    false finally for function if import in instanceof new null return super switch this throw true try typeof var void
    while with yield let static implements interface package private protected public arguments eval undefined any
    unknown never number string boolean bigint symbol object NaN Infinity`),
  // docs.python.org: Keywords, Soft Keywords.
  python: words(`False None True and as assert async await break class continue def del elif else except finally for
    from global if import in is lambda nonlocal not or pass raise return try while with yield match case type`),
  // JLS 17, 3.9: Keywords and literals, and those that depend on their place.
  java: words(`abstract assert boolean break byte case catch char class const continue default do double else enum
    extends final finally float for goto if implements import instanceof int interface long native new package private
    protected public return short static strictfp super switch synchronized this throw throws transient try void
    volatile while true false null var record yield sealed permits module Object String`),
  // doc.rust-lang.org/reference: Keywords, strict, reserved and weak.
  rust: words(`as async await break const continue crate dyn else enum extern false fn for if impl in let loop match mod
    move mut pub ref return self Self static struct super trait true type unsafe use where while abstract become box do
    final gen macro override priv try typeof unsized virtual yield union main lib`),
  // learn.microsoft.com: C# Keywords, with the contextual ones that cannot name a type.
  csharp: words(`abstract as base bool break byte case catch char checked class const continue decimal default delegate
    do double else enum event explicit extern false finally fixed float for foreach goto if implicit in int interface
    internal is lock long namespace new null object operator out override params private protected public readonly ref
    return sbyte sealed short sizeof stackalloc static string struct switch this throw true try typeof uint ulong
    unchecked unsafe ushort using virtual void volatile while async await dynamic file nint nuint notnull partial record
    required scoped unmanaged value var where yield`),
};
