/** The part of the `sax` package that is used here; it ships without types. */
declare module 'sax' {
  interface Tag {
    name: string;
    attributes: Record<string, string>;
  }
  interface SAXParser {
    onerror: (error: Error) => void;
    onopentag: (tag: Tag) => void;
    onclosetag: (name: string) => void;
    ontext: (text: string) => void;
    oncdata: (text: string) => void;
    write(text: string): this;
    close(): this;
  }
  const sax: { parser(strict: boolean, options?: { position?: boolean }): SAXParser };
  export default sax;
}
