import { TextInput } from '@mantine/core';
import { useHotkeys } from '@mantine/hooks';
import { Search } from 'lucide-react';
import { useRef } from 'react';

/** The search of a list. Ctrl+F goes to it, Escape empties it. */
export function SearchBox(props: { label: string; value: string; onChange: (text: string) => void }) {
  const { label, value, onChange } = props;
  const box = useRef<HTMLInputElement>(null);
  useHotkeys([['mod+F', () => box.current?.focus()]], []);
  return (
    <TextInput
      ref={box}
      size="xs"
      w={216}
      flex="none"
      maxLength={100}
      leftSection={<Search size={14} aria-hidden />}
      placeholder={label}
      aria-label={label}
      value={value}
      onChange={(event) => onChange(event.currentTarget.value)}
      onKeyDown={(event) => event.key === 'Escape' && onChange('')}
    />
  );
}
