/**
 * What Salesforce's JSON reader says of a text that is no JSON: its first unexpected character, and the place
 * just behind it. Texts as in public logs, e.g. "Unexpected character ('}' (code 125)): was expecting
 * double-quote to start field name at [line:3, column:2]".
 */
export function jsonComplaint(text: string): string {
  const reader = new Reader(text);
  try {
    reader.whole();
    return `Unexpected content at ${reader.place()}`;
  } catch (error) {
    if (error instanceof Complaint) return `${error.message} at ${reader.place()}`;
    // Nested deeper than this program's own stack.
    if (error instanceof RangeError) return `Unexpected content at ${reader.place()}`;
    throw error;
  }
}

class Complaint extends Error {}

const aValue = "expected a valid value (number, String, array, object, 'true', 'false' or 'null')";

/** Walks over a JSON text without keeping anything of it. */
class Reader {
  private index = 0;

  constructor(private readonly text: string) {}

  whole(): void {
    this.value('document');
    if (this.peek() !== '') this.unexpected(aValue);
  }

  place(): string {
    const before = this.text.slice(0, this.index);
    const line = before.split('\n').length;
    return `[line:${line}, column:${this.index - (before.lastIndexOf('\n') + 1) + 1}]`;
  }

  private value(within: string): void {
    const char = this.peek();
    if (char === '{') this.list('OBJECT', '}', () => this.entry());
    else if (char === '[') this.list('ARRAY', ']', () => this.value('ARRAY'));
    else if (char === '"') this.string();
    else this.scalar(within);
  }

  private scalar(within: string): void {
    const pattern = /(?:true|false|null|-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?)(?![\w.+-])/y;
    pattern.lastIndex = this.index;
    if (!pattern.test(this.text)) this.unexpected(aValue, within);
    this.index = pattern.lastIndex;
  }

  private list(kind: 'OBJECT' | 'ARRAY', close: string, item: () => void): void {
    this.index++;
    if (this.peek() === close && this.text.charAt(this.index) === close) {
      this.index++;
      return;
    }
    for (;;) {
      item();
      const char = this.peek();
      if (char === close) {
        this.index++;
        return;
      }
      if (char !== ',') this.unexpected(`was expecting comma to separate ${kind} entries`, kind);
      this.index++;
    }
  }

  private entry(): void {
    if (this.peek() !== '"') this.unexpected('was expecting double-quote to start field name', 'OBJECT');
    this.string();
    if (this.peek() !== ':') {
      this.unexpected('was expecting a colon to separate field name and value', 'OBJECT');
    }
    this.index++;
    this.value('OBJECT');
  }

  private string(): void {
    for (this.index++; ; this.index++) {
      const char = this.text.charAt(this.index);
      if (char === '')
        throw new Complaint('Unexpected end-of-input: was expecting closing quote for a string value');
      if (char === '"') {
        this.index++;
        return;
      }
      if (char < ' ') {
        this.index++;
        throw new Complaint(
          `Illegal unquoted character ((CTRL-CHAR, code ${char.charCodeAt(0)})): has to be escaped using backslash to be included in string value`,
        );
      }
      if (char === '\\') this.escape();
    }
  }

  private escape(): void {
    this.index++;
    const char = this.text.charAt(this.index);
    const code = /^u[0-9a-fA-F]{4}/.test(this.text.slice(this.index, this.index + 5));
    if (code) this.index += 4;
    else if (char === '' || !'"\\/bfnrt'.includes(char)) {
      this.index++;
      throw new Complaint(`Unrecognized character escape '${char}' (code ${char.charCodeAt(0)})`);
    }
  }

  /** The next character that is not white space; nothing at the end. */
  private peek(): string {
    while (/[ \t\r\n]/.test(this.text.charAt(this.index))) this.index++;
    return this.text.charAt(this.index);
  }

  private unexpected(expected: string, within = 'document'): never {
    const char = this.text.charAt(this.index);
    if (char === '') {
      throw new Complaint(
        within === 'document'
          ? 'Unexpected end-of-input'
          : `Unexpected end-of-input: expected close marker for ${within}`,
      );
    }
    this.index++;
    throw new Complaint(`Unexpected character ('${char}' (code ${char.charCodeAt(0)})): ${expected}`);
  }
}
