// A plain table whose rows are drawn again only when their own data changed: a hundred rows refreshed by events stay cheap.
import { memo, useMemo, useRef, useState, type KeyboardEvent, type ReactNode } from 'react'
import { common } from '@/i18n/common.texts'
import { useTexts } from '@/i18n/texts'
import { Empty } from './Notice'

export interface Column<T> {
  key: string
  title: string
  // "120px" or "18%"; without it the rest is shared.
  width?: string
  right?: boolean
  cell: (row: T) => ReactNode
  // Makes the heading a sorting button.
  order?: (row: T) => string | number | bigint
  // Left out on a narrow screen.
  wideOnly?: boolean
}

interface TableProps<T> {
  label: string
  rows: readonly T[]
  columns: Column<T>[]
  id: (row: T) => string
  // Enter or a click on a row.
  onOpen?: ((row: T) => void) | undefined
  selected?: string | undefined
  // Why there is nothing, and what next.
  empty: { title: string; hint?: string }
  tone?: (row: T) => string | undefined
  firstOrder?: { key: string; down: boolean }
}

interface RowProps<T> {
  row: T
  columns: Column<T>[]
  name: string
  selected: boolean
  tone: string | undefined
  onOpen: ((row: T) => void) | undefined
}

function PlainRow<T>({ row, columns, name, selected, tone, onOpen }: RowProps<T>) {
  return (
    <tr data-id={name} data-tone={tone} className={onOpen ? 'opens' : undefined} tabIndex={onOpen ? 0 : undefined}
      aria-selected={onOpen ? selected : undefined} onClick={onOpen && (() => onOpen(row))}>
      {columns.map((column) => (
        <td key={column.key} className={`${column.right ? 'right' : ''}${column.wideOnly ? ' wide-only' : ''}` || undefined}>
          {column.cell(row)}
        </td>
      ))}
    </tr>
  )
}

const Row = memo(PlainRow) as typeof PlainRow

// J, K and the arrows move between rows, Enter opens one.
function moveFocus(event: KeyboardEvent<HTMLTableSectionElement>) {
  const row = (event.target as HTMLElement).closest('tr')
  if (event.target !== row || !row) return
  const next = { ArrowDown: row.nextElementSibling, ArrowUp: row.previousElementSibling }[event.key]
  if (next instanceof HTMLElement) {
    next.focus()
    event.preventDefault()
  } else if (event.key === 'Enter' || event.key === ' ') {
    row.click()
    event.preventDefault()
  }
}

export function DataTable<T>(props: TableProps<T>) {
  const { label, rows, columns, id, onOpen, selected, empty, tone, firstOrder } = props
  const t = useTexts(common)
  const [order, setOrder] = useState(firstOrder)
  const open = useRef(onOpen)
  open.current = onOpen
  const stableOpen = useMemo(() => (onOpen ? (row: T) => open.current?.(row) : undefined), [Boolean(onOpen)]) // eslint-disable-line react-hooks/exhaustive-deps
  const sorted = useMemo(() => {
    const by = columns.find((column) => column.key === order?.key)?.order
    if (!by) return rows
    const sign = order?.down ? -1 : 1
    return [...rows].sort((a, b) => {
      const [left, right] = [by(a), by(b)]
      return left < right ? -sign : left > right ? sign : 0
    })
  }, [rows, columns, order])
  if (rows.length === 0) return <Empty title={empty.title} {...(empty.hint ? { hint: empty.hint } : {})} />
  return (
    <div className="table-frame" tabIndex={-1}>
      <table className="table" aria-label={label}>
        <colgroup>
          {columns.map((column) => (
            <col key={column.key} className={column.wideOnly ? 'wide-only' : undefined} style={column.width ? { width: column.width } : undefined} />
          ))}
        </colgroup>
        <thead>
          <tr>
            {columns.map((column) => (
              <th key={column.key} scope="col" className={`${column.right ? 'right' : ''}${column.wideOnly ? ' wide-only' : ''}` || undefined}
                aria-sort={order?.key === column.key ? (order.down ? 'descending' : 'ascending') : undefined}>
                {column.order ? (
                  <button type="button" onClick={() => setOrder({ key: column.key, down: order?.key === column.key && !order.down })}>
                    {column.title}
                    <span aria-hidden="true">{order?.key === column.key ? (order.down ? ' ▾' : ' ▴') : ''}</span>
                  </button>
                ) : column.title || <span className="hidden">{t('actions')}</span>}
              </th>
            ))}
          </tr>
        </thead>
        <tbody onKeyDown={moveFocus}>
          {sorted.map((row) => {
            const name = id(row)
            return <Row key={name} row={row} columns={columns} name={name} selected={selected === name} tone={tone?.(row)} onOpen={stableOpen} />
          })}
        </tbody>
      </table>
    </div>
  )
}
