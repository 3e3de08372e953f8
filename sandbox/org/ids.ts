const digits = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';
const suffixAlphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ012345';

/** The instance part of every id the sandbox hands out, as a real org's pod would appear in it. */
const instance = 'Hs0';

/**
 * The three characters that make a case-sensitive 15-character id safe where case is lost: each stands for
 * five characters, one bit per capital letter.
 */
export function idSuffix(id15: string): string {
  let suffix = '';
  for (let block = 0; block < 3; block++) {
    let bits = 0;
    for (let place = 0; place < 5; place++) {
      const char = id15.charAt(block * 5 + place);
      if (char >= 'A' && char <= 'Z') bits |= 1 << place;
    }
    suffix += suffixAlphabet.charAt(bits);
  }
  return suffix;
}

/** The 18-character form of an id of 15 or 18 characters; `null` when the text is no id at all. */
export function normaliseId(text: string): string | null {
  if (!/^[0-9A-Za-z]{15}(?:[A-Z0-5a-z]{3})?$/.test(text)) return null;
  if (text.length === 15) return text + idSuffix(text);
  const restored = restoreCase(text.slice(0, 15), text.slice(15).toUpperCase());
  return restored === null ? null : restored + idSuffix(restored);
}

/** The `sequence`-th id of an object, 18 characters. */
export function makeId(keyPrefix: string, sequence: number): string {
  let rest = sequence;
  let tail = '';
  for (let place = 0; place < 9; place++) {
    tail = digits.charAt(rest % 62) + tail;
    rest = Math.floor(rest / 62);
  }
  const id15 = keyPrefix + instance + tail;
  return id15 + idSuffix(id15);
}

/** The sequence number that `makeId` built into an id. */
export function sequenceOf(id: string): number {
  let value = 0;
  for (const char of id.slice(6, 15)) value = value * 62 + digits.indexOf(char);
  return value;
}

/** An 18-character id may arrive in any case: its suffix says which letters are capitals. */
function restoreCase(id15: string, suffix: string): string | null {
  let restored = '';
  for (let index = 0; index < 15; index++) {
    const bits = suffixAlphabet.indexOf(suffix.charAt(Math.floor(index / 5)));
    if (bits < 0) return null;
    const char = id15.charAt(index);
    const capital = (bits & (1 << (index % 5))) !== 0;
    if (capital && !/[A-Za-z]/.test(char)) return null;
    restored += capital ? char.toUpperCase() : char.toLowerCase();
  }
  return restored;
}
