/** What a mail is made of; each part has a form as text and one as HTML. */
export type Block =
  | { kind: 'heading' | 'paragraph' | 'footer'; text: string }
  | { kind: 'item'; title: string; facts: string[]; reasons: { title: string; action: string }[] };

export function toText(blocks: readonly Block[]): string {
  return `${blocks.map(blockText).join('\n\n')}\n`;
}

function blockText(block: Block): string {
  switch (block.kind) {
    case 'heading':
      return `${block.text}\n${'='.repeat(Math.min(72, block.text.length))}`;
    case 'paragraph':
      return block.text;
    case 'footer':
      // Mail programs know this line as the beginning of a signature (RFC 3676 4.3).
      return `-- \n${block.text}`;
    case 'item':
      return [
        `* ${[block.title, ...block.facts].join(' · ')}`,
        ...block.reasons.flatMap(({ title, action }) => [title, action]).filter((line) => line !== ''),
      ].join('\n  ');
  }
}

/** A page of plain elements with styles of their own, which every mail program draws. Everything is escaped. */
export function toHtml(blocks: readonly Block[], title: string, language: string): string {
  return `<!doctype html>
<html lang="${escaped(language)}">
<head><meta charset="utf-8"><title>${escaped(title)}</title></head>
<body style="margin:0;padding:16px;background:#f4f6f8">
<div style="max-width:640px;margin:0 auto;padding:20px 24px;background:#ffffff;color:#1f2933;font:15px/1.5 Arial,Helvetica,sans-serif">
${blocks.map(blockHtml).join('\n')}
</div>
</body>
</html>
`;
}

function blockHtml(block: Block): string {
  switch (block.kind) {
    case 'heading':
      return `<h1 style="margin:0 0 12px;font-size:19px;line-height:1.3">${escaped(block.text)}</h1>`;
    case 'paragraph':
      return `<p style="margin:0 0 12px">${escaped(block.text)}</p>`;
    case 'footer':
      return `<p style="margin:20px 0 0;padding-top:12px;border-top:1px solid #d9dee4;font-size:13px;color:#52606d">${escaped(block.text)}</p>`;
    case 'item':
      return `<div style="margin:0 0 14px;padding:2px 0 2px 12px;border-left:3px solid #c92a2a">
<p style="margin:0"><strong>${escaped(block.title)}</strong>${block.facts.map((fact) => ` · ${escaped(fact)}`).join('')}</p>
${block.reasons.map(reasonHtml).join('\n')}
</div>`;
  }
}

function reasonHtml({ title, action }: { title: string; action: string }): string {
  const lines = [title === '' ? '' : escaped(title), action === '' ? '' : escaped(action)];
  return `<p style="margin:4px 0 0">${lines.filter((line) => line !== '').join('<br>')}</p>`;
}

const entities: Record<string, string> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

const escaped = (text: string): string => text.replace(/[&<>"']/g, (character) => entities[character] ?? '');
