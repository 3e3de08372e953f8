import { type CSSVariablesResolver, createTheme } from '@mantine/core';

/** Of warnings: Mantine's orange, on white or under white text, stays below a contrast of 4.5 to 1. */
export const warningColor = '#c2410c';

/** Calm and compact: an office tool that stays open all day. */
export const theme = createTheme({
  primaryColor: 'indigo',
  // Mantine's own shade 6 under white text stays just below a contrast of 4.5 to 1.
  primaryShade: { light: 7, dark: 8 },
  defaultRadius: 'md',
  fontFamily: 'Inter, "Segoe UI", system-ui, -apple-system, "Helvetica Neue", "Noto Sans", sans-serif',
  headings: { fontWeight: '650' },
  cursorType: 'pointer',
  components: {
    Button: { defaultProps: { size: 'sm' } },
    TextInput: { defaultProps: { size: 'sm' } },
    Select: { defaultProps: { size: 'sm', allowDeselect: false } },
    Tooltip: { defaultProps: { withArrow: true, openDelay: 400 } },
  },
});

const colors = ['indigo', 'teal', 'red', 'blue', 'violet', 'orange', 'gray'];

/**
 * Darker text on light ground than Mantine's own, whose dimmed and tinted texts stay under the contrast of
 * 4.5 to 1 that people with weak sight need (WCAG 2.1, 1.4.3).
 */
export const readableColors: CSSVariablesResolver = () => ({
  variables: {},
  light: {
    '--mantine-color-dimmed': 'var(--mantine-color-gray-7)',
    '--mantine-color-placeholder': 'var(--mantine-color-gray-7)',
    '--mantine-primary-color-light-hover': 'var(--mantine-color-indigo-1)',
    '--mantine-color-indigo-light-hover': 'var(--mantine-color-indigo-1)',
    '--mantine-primary-color-light-color': 'var(--mantine-color-indigo-9)',
    '--mantine-color-yellow-light-color': '#6b4a00',
    '--mantine-color-yellow-text': '#6b4a00',
    ...Object.fromEntries(
      colors.flatMap((color) => [
        [`--mantine-color-${color}-light-color`, `var(--mantine-color-${color}-9)`],
        [`--mantine-color-${color}-text`, `var(--mantine-color-${color}-9)`],
      ]),
    ),
    '--mantine-color-teal-light-color': '#055f47',
    '--mantine-color-orange-light-color': '#8a2f06',
    '--mantine-color-red-light-color': '#a61e1e',
    '--mantine-color-red-text': '#b02525',
    '--mantine-color-error': '#b02525',
    '--mantine-color-orange-text': warningColor,
  },
  dark: {
    '--mantine-color-dimmed': 'var(--mantine-color-dark-1)',
  },
});
