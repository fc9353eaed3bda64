import type { ComponentChildren } from 'preact'
import { useState } from 'preact/hooks'
import { t } from '../../i18n/i18n'
import { type Cell, notObserved } from '../../model/compare/cell'
import { grouped } from '../../model/compare/compare'
import { differenceText } from '../../model/compare/difference'
import type { Line } from '../../model/compare/line'
import { groupName } from '../../model/compare/markdown'
import { count } from '../../model/format'
import styles from './compare.module.css'

const nothing = t('compare_no_lines')

/** More lines of one group are not drawn. */
const MAX_SHOWN = 100
/** Columns of the table. */
const COLUMNS = 4

const Shown = ({ cell }: { readonly cell: Cell }) => (
  <td data-observed={cell.text !== notObserved.text}>{cell.text}</td>
)

/** Lines of the table, with the difference of their amounts. */
export const Lines = ({ lines }: { readonly lines: readonly Line[] }) => (
  <>
    {lines.slice(0, MAX_SHOWN).map((line, i) => (
      <tr key={i} data-group={line.group}>
        <th scope="row">{line.name}</th>
        <Shown cell={line.a} />
        <Shown cell={line.b} />
        <td>{line.difference && differenceText(line.difference)}</td>
      </tr>
    ))}
    {lines.length > MAX_SHOWN && (
      <tr>
        <td colSpan={COLUMNS}>{t('audit_more', count(lines.length - MAX_SHOWN))}</td>
      </tr>
    )}
  </>
)

/** The heading of a part of the table. */
export const Heading = ({ children }: { readonly children: ComponentChildren }) => (
  <tr>
    <th scope="rowgroup" colSpan={COLUMNS} class={styles.heading}>
      <h3>{children}</h3>
    </th>
  </tr>
)

interface Props {
  readonly title: string
  readonly lines: readonly Line[]
}

/** A part of the table: its lines by what the two have in common; what is the same is folded. */
export function Groups({ title, lines }: Props) {
  const [unfolded, setUnfolded] = useState(false)
  return (
    <>
      <tbody>
        <Heading>{title}</Heading>
        {lines.length === 0 && (
          <tr>
            <td colSpan={COLUMNS} class={styles.nothing}>
              {nothing}
            </td>
          </tr>
        )}
      </tbody>
      {grouped(lines).map(({ group, lines }) => {
        const folds = group === 'same'
        const name = t('compare_group', groupName[group], count(lines.length))
        return (
          <tbody key={group} data-group={group}>
            <tr>
              <th scope="rowgroup" colSpan={COLUMNS} class={styles.group}>
                {folds ? (
                  <button
                    type="button"
                    class={styles.fold}
                    aria-expanded={unfolded}
                    onClick={() => setUnfolded(!unfolded)}
                  >
                    {name}
                  </button>
                ) : (
                  name
                )}
              </th>
            </tr>
            {(!folds || unfolded) && <Lines lines={lines} />}
          </tbody>
        )
      })}
    </>
  )
}
