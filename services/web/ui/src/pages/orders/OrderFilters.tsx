// Conditions for finding orders: words or a number at once, the others when they are wanted.
import { timestampFromMs } from '@bufbuild/protobuf/wkt'
import { useState } from 'react'
import type { MessageInitShape } from '@bufbuild/protobuf'
import type { ListOrdersRequestSchema } from '@/gen/trunkline/workorder/v1/workorder_pb'
import { common } from '@/i18n/common.texts'
import { useTexts } from '@/i18n/texts'
import { Button } from '@/ui/Button'
import { SelectField, TextField } from '@/ui/Field'
import { useOrderTypes, useOrderUnits } from './CreateOrder'
import { ordersTexts } from './orders.texts'

export interface Conditions {
  text: string
  phone: string
  typeId: string
  unitId: string
  line: string
  from: string
  to: string
}

export const NO_CONDITIONS: Conditions = { text: '', phone: '', typeId: '', unitId: '', line: '', from: '', to: '' }

const day = (text: string, more = 0) => timestampFromMs(new Date(`${text}T00:00:00`).getTime() + more * 86_400_000)

// Four digits and more are an order's number; "2026-11-01" to "2026-11-30" takes in the whole last day.
export function toRequest({ text, phone, typeId, unitId, line, from, to }: Conditions): MessageInitShape<typeof ListOrdersRequestSchema> {
  const wanted = text.trim()
  return {
    ...(wanted ? (/^\d{4,}[-\d]*$/.test(wanted) ? { number: wanted } : { text: wanted }) : {}), customerNumber: phone.trim(), typeId, unitId, line: line.trim(),
    ...(from ? { createdFrom: day(from) } : {}), ...(to ? { createdTo: day(to, 1) } : {}),
  }
}

export function OrderFilters({ onAsk }: { onAsk(conditions: Conditions): void }) {
  const t = useTexts(ordersTexts)
  const c = useTexts(common)
  const [value, setValue] = useState(NO_CONDITIONS)
  const types = useOrderTypes().data?.types ?? []
  const units = useOrderUnits().data?.units ?? []
  const set = (change: Partial<Conditions>) => setValue({ ...value, ...change })
  return (
    <form className="order-filters" role="search" onSubmit={(event) => {
      event.preventDefault()
      onAsk(value)
    }}>
      <div className="filters">
        <TextField label={t('text')} type="search" value={value.text} onChange={(text) => set({ text })} maxLength={100} />
        <Button type="submit" icon="search">{c('search')}</Button>
      </div>
      <details>
        <summary className="muted">{t('moreFilters')}</summary>
        <div className="filters">
          <TextField label={t('customerNumber')} type="tel" value={value.phone} maxLength={40} onChange={(phone) => set({ phone })} />
          <SelectField label={t('type')} value={value.typeId} onChange={(typeId) => set({ typeId })} options={[{ value: '', label: c('all') }, ...types.map((type) => ({ value: type.typeId, label: type.name }))]} />
          <SelectField label={t('branch')} value={value.unitId} onChange={(unitId) => set({ unitId })} options={[{ value: '', label: c('all') }, ...units.map((unit) => ({ value: unit.unitId, label: unit.name }))]} />
          <TextField label={t('line')} value={value.line} maxLength={60} onChange={(line) => set({ line })} />
          <TextField label={t('takenFrom')} type="date" value={value.from} onChange={(from) => set({ from })} />
          <TextField label={t('takenTo')} type="date" value={value.to} onChange={(to) => set({ to })} />
          <Button kind="quiet" onPress={() => {
            setValue(NO_CONDITIONS)
            onAsk(NO_CONDITIONS)
          }}>{t('noFilters')}</Button>
        </div>
      </details>
    </form>
  )
}
