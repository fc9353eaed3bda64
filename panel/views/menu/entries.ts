/** One line of a menu. */
export type MenuEntry =
  | {
      readonly kind: 'action'
      readonly label: string
      /** Its shortcut, as it is shown. */
      readonly keys?: string
      readonly disabled?: boolean
      run(): void
    }
  | {
      readonly kind: 'check'
      readonly label: string
      readonly checked: boolean
      readonly disabled?: boolean
      toggle(): void
    }
  | { readonly kind: 'separator' }
