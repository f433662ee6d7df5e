import {
  ActionIcon, Alert, Button, Checkbox, Code, createTheme, Input, Menu, Modal, Popover, Select, Table, Tooltip,
  type MantineColorsTuple, type MantineThemeOverride,
} from '@mantine/core'

/** Leaf green; 7 is the colour of buttons in the light, 6 in the dark. White on both passes 4.5:1. */
const leaf: MantineColorsTuple = [
  '#eaf6ee', '#d5ebdd', '#aad7ba', '#7cc295', '#57b178', '#41a366', '#2b8450', '#2f7d4f', '#1f633a', '#134a29',
]

/** Red for what cannot be undone; white on 6 and 7 passes 4.5:1. */
const red: MantineColorsTuple = [
  '#fdeceb', '#f9d5d4', '#f2aaa8', '#ea7c79', '#e35450', '#dc3b37', '#cf2f2c', '#c01c28', '#a5121d', '#8a0a14',
]

/** A calm blue for what is only said. */
const blue: MantineColorsTuple = [
  '#edf3fb', '#e3ebf7', '#c5d6ee', '#a4c0e4', '#7fa5d6', '#5a8ac6', '#3f73b5', '#2f5f9e', '#244b7f', '#193660',
]

/** GNOME's greys, a little cooler than Mantine's. */
const dark: MantineColorsTuple = [
  '#e6e6ea', '#c4c4cb', '#a3a3ab', '#6d6d76', '#4a4a51', '#3a3a40', '#2e2e33', '#232327', '#1d1d20', '#141416',
]

/** Calm, compact, close to GNOME. `closeLabel` is the name of the cross of dialogs, in the person's language. */
export function makeTheme(closeLabel: string): MantineThemeOverride {
  return createTheme({
    primaryColor: 'leaf',
    primaryShade: { light: 7, dark: 6 },
    colors: { leaf, red, blue, dark },
    black: '#26262a',
    defaultRadius: 'md',
    cursorType: 'pointer',
    respectReducedMotion: true,
    focusRing: 'auto',
    fontFamily: "'Adwaita Sans', Cantarell, Inter, 'Noto Sans', system-ui, sans-serif",
    fontFamilyMonospace: "'Adwaita Mono', 'Source Code Pro', 'Noto Sans Mono', 'DejaVu Sans Mono', monospace",
    fontSizes: { xs: '0.75rem', sm: '0.8125rem', md: '0.875rem', lg: '1rem', xl: '1.125rem' },
    headings: { fontWeight: '700', sizes: { h2: { fontSize: '1.0625rem' }, h3: { fontSize: '0.9375rem' }, h4: { fontSize: '1.0625rem' } } },
    components: {
      Alert: Alert.extend({ defaultProps: { variant: 'light', color: 'blue' } }),
      Button: Button.extend({ defaultProps: { size: 'sm' } }),
      ActionIcon: ActionIcon.extend({ defaultProps: { size: 'md' } }),
      Input: Input.extend({ defaultProps: { size: 'sm' } }),
      InputWrapper: { defaultProps: { inputWrapperOrder: ['label', 'input', 'description', 'error'] } },
      Checkbox: Checkbox.extend({ defaultProps: { size: 'sm' } }),
      Code: Code.extend({ defaultProps: { fz: '0.8125rem' } }),
      Menu: Menu.extend({ defaultProps: { shadow: 'md', withinPortal: true, withInitialFocusPlaceholder: false } }),
      Modal: Modal.extend({
        defaultProps: {
          radius: 'lg',
          centered: false,
          yOffset: '5vh',
          overlayProps: { backgroundOpacity: 0.35 },
          closeButtonProps: { 'aria-label': closeLabel },
          styles: { title: { fontSize: '1rem', fontWeight: 700, lineHeight: 1.35 } },
        },
      }),
      Select: Select.extend({ defaultProps: { checkIconPosition: 'right' } }),
      Popover: Popover.extend({ defaultProps: { shadow: 'md' } }),
      Table: Table.extend({ defaultProps: { verticalSpacing: 6, horizontalSpacing: 12, fz: 'md' } }),
      Tooltip: Tooltip.extend({
        defaultProps: { openDelay: 400, withArrow: true, multiline: true, maw: 320, events: { hover: true, focus: true, touch: false } },
      }),
    },
  })
}
