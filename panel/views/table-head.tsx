import type { ComponentChildren } from 'preact'

interface Props {
  readonly columns: readonly string[]
  /** Cells after the columns that have a name. */
  readonly children?: ComponentChildren
}

/** The head of a table: the names of its columns. */
export const TableHead = ({ columns, children }: Props) => (
  <thead>
    <tr>
      {columns.map((name) => (
        <th key={name} scope="col">
          {name}
        </th>
      ))}
      {children}
    </tr>
  </thead>
)
