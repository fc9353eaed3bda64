/** One line of a menu. */
export type MenuEntry =
  | {
      readonly kind: 'action'
      readonly label: string
      /** Its shortcut, as it is shown. */
      readonly keys?: string
      /** What more is to be known before it is chosen. */
      readonly title?: string
      readonly disabled?: boolean
      run(): void
    }
  | {
      readonly kind: 'check'
      readonly label: string
      /** What it is called where its heading does not stand beside it; its label by default. */
      readonly name?: string
      readonly title?: string
      readonly checked: boolean
      readonly disabled?: boolean
      toggle(): void
    }
  | { readonly kind: 'heading'; readonly label: string }
  | { readonly kind: 'separator' }
