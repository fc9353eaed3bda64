import styles from './chevron.module.css'

/** What a click opens and closes a line with; the line itself has the keys, and says whether it is open. */
export const Chevron = ({ open }: { readonly open: boolean }) => (
  <span aria-hidden="true" data-chevron class={styles.chevron} data-open={open} />
)
