// Customers by name, pinyin, number or card, with everything known about one.
import { create } from '@bufbuild/protobuf'
import { keepPreviousData, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { edited } from '@/api/edit'
import { client } from '@/api/transport'
import { useCan } from '@/app/session'
import { Customers } from '@/gen/trunkline/customer/v1/customer_pb'
import { AddressSchema, CustomerKind, CustomerSchema, type Customer } from '@/gen/trunkline/customer/v1/resources_pb'
import { common } from '@/i18n/common.texts'
import { useTexts } from '@/i18n/texts'
import { Button } from '@/ui/Button'
import { DataTable, type Column } from '@/ui/DataTable'
import { Dialog } from '@/ui/Dialog'
import { TextField } from '@/ui/Field'
import { Form, type FieldSpec } from '@/ui/Form'
import { FailureNotice, useFailureText, useToasts } from '@/ui/Notice'
import { Accounts } from './Accounts'
import { Numbers, Rest } from './CustomerActions'
import { customersTexts } from './customers.texts'
import { CustomerTools } from './CustomerTools'
import { CustomerName, Entries } from './parts'

const FIELDS: FieldSpec[] = [
  { name: 'name', label: ['姓名', 'Name'], kind: 'text', required: true, longest: 100 },
  { name: 'salutation', label: ['称呼', 'Salutation'], kind: 'text', longest: 20 },
  { name: 'number', label: ['号码', 'Number'], kind: 'text', pattern: { test: /^[+\d][\d\s()-]{2,24}$/, fault: ['请输入电话号码', 'A telephone number'] }, shown: (values) => !values.customerId },
  { name: 'vipLevel', label: ['VIP 等级', 'VIP level'], kind: 'number', most: 9 },
  { name: 'language', label: ['语言', 'Language'], kind: 'choice', options: () => [{ value: 'zh', label: '中文' }, { value: 'en', label: 'English' }] },
  { name: 'managerAgentId', label: ['客户经理工号', 'Account manager (agent id)'], kind: 'text' },
  { name: 'tags', label: ['标签', 'Tags'], kind: 'list', wide: true },
  { name: 'addresses', label: ['地址', 'Addresses'], kind: 'list', wide: true },
  { name: 'preferences', label: ['偏好（每行：名称=内容）', 'Preferences, name=value'], kind: 'list', wide: true },
  { name: 'doNotContact', label: ['请勿联系', 'Do not contact'], kind: 'switch' },
  { name: 'note', label: ['备注', 'Note'], kind: 'lines', wide: true },
]

export function CustomerForm({ customer, number, onDone, onCancel }: { customer: Customer | undefined; number?: string; onDone(): void; onCancel(): void }) {
  return <Form draft={`customer.${customer?.customerId ?? 'new'}`} fields={FIELDS} existing={customer !== undefined} onCancel={onCancel} onSaved={onDone}
    initial={{ customerId: customer?.customerId ?? '', name: customer?.name ?? '', salutation: customer?.salutation ?? '', number: number ?? '', vipLevel: customer?.vipLevel ?? 0, language: customer?.language || 'zh',
      managerAgentId: customer?.managerAgentId ?? '', tags: [...(customer?.tags ?? [])], note: customer?.note ?? '', doNotContact: customer?.doNotContact ?? false,
      addresses: (customer?.addresses ?? []).map((address) => address.text), preferences: Object.entries(customer?.preferences ?? {}).map(([name, value]) => `${name}=${value}`) }}
    save={(values) => {
      const changed = edited(CustomerSchema, customer, { kind: customer?.kind || CustomerKind.PERSON, name: String(values.name).trim(), salutation: String(values.salutation).trim(), vipLevel: Number(values.vipLevel) || 0,
        language: String(values.language), managerAgentId: String(values.managerAgentId).trim(), tags: (values.tags as string[]).filter(Boolean), note: String(values.note), doNotContact: Boolean(values.doNotContact),
        addresses: (values.addresses as string[]).filter(Boolean).map((text) => create(AddressSchema, { ...customer?.addresses.find((address) => address.text === text), $typeName: undefined, text })),
        preferences: Object.fromEntries((values.preferences as string[]).filter((line) => line.includes('=')).map((line) => [line.slice(0, line.indexOf('=')).trim(), line.slice(line.indexOf('=') + 1).trim()])) })
      const requestId = crypto.randomUUID()
      if (customer) return client(Customers).updateCustomer({ requestId, customer: changed })
      const numbers = String(values.number).trim() ? [{ number: String(values.number).trim(), label: '' }] : []
      return client(Customers).createCustomer({ requestId, customer: changed, numbers })
    }} />
}

function CustomerCard({ customer, onChanged }: { customer: Customer; onChanged(customer: Customer): void }) {
  const t = useTexts(customersTexts)
  const can = useCan()
  const toast = useToasts((toasts) => toasts.add)
  const failureText = useFailureText()
  const [clear, setClear] = useState<Record<string, string>>({})
  const timeline = useQuery({ queryKey: ['customers', 'timeline', customer.customerId], queryFn: ({ signal }) => client(Customers).listTimeline({ customerId: customer.customerId, pageSize: 50 }, { signal }) })
  const reveal = async (numberId: string) => {
    const reason = prompt(t('revealReason'))?.trim()
    if (!reason) return
    try {
      const answer = await client(Customers).revealNumber({ customerId: customer.customerId, numberId, reason })
      setClear({ ...clear, [numberId]: answer.clear })
    } catch (thrown) {
      toast('bad', failureText(thrown))
    }
  }
  return (
    <div className="form">
      <CustomerName customer={customer} />
      <dl className="facts">
        {customer.numbers.map((number) => <div key={number.numberId} className="pair"><dt>{number.label || t('number')}</dt><dd className="row">
          <span className="figure">{clear[number.numberId] ?? number.masked}</span><span className="muted">{number.region}</span>
          {can('customer.numbers.clear') && !clear[number.numberId] && <Button small kind="quiet" icon="eye" label={t('reveal')} onPress={() => void reveal(number.numberId)} />}
        </dd></div>)}
        {customer.addresses.map((address, index) => <div key={index} className="pair"><dt>{address.label || t('address')}</dt><dd>{address.text}</dd></div>)}
        {customer.note && <div className="pair"><dt>{t('note')}</dt><dd>{customer.note}</dd></div>}
      </dl>
      {can('customer.customers.write') && <Numbers customer={customer} onChanged={onChanged} />}
      <Accounts customerId={customer.customerId} />
      <h3>{t('timeline')}</h3>
      {timeline.error && <FailureNotice failure={timeline.error} onRetry={() => void timeline.refetch()} />}
      {timeline.data && <Entries entries={timeline.data.entries} />}
    </div>
  )
}

export default function CustomersPage() {
  const t = useTexts(customersTexts)
  const c = useTexts(common)
  const can = useCan()
  const queries = useQueryClient()
  const [text, setText] = useState('')
  const [open, setOpen] = useState<{ customer: Customer | undefined; edit: boolean }>()
  const query = useQuery({ queryKey: ['customers', text.trim()], queryFn: ({ signal }) => client(Customers).searchCustomers({ text: text.trim(), pageSize: 50 }, { signal }), placeholderData: keepPreviousData })
  const columns: Column<Customer>[] = [
    { key: 'name', title: t('name'), cell: (customer) => <CustomerName customer={customer} /> },
    { key: 'numbers', title: t('numbers'), width: '260px', cell: (customer) => <span className="figure">{customer.numbers.map((number) => number.masked).join(', ')}</span> },
    { key: 'manager', title: t('manager'), width: '120px', wideOnly: true, cell: (customer) => customer.managerAgentId },
  ]
  const close = () => setOpen(undefined)
  return (
    <div className="page">
      <div className="page-head"><h1>{t('title')}</h1><CustomerTools />{can('customer.customers.write') && <Button kind="primary" icon="plus" onPress={() => setOpen({ customer: undefined, edit: true })}>{t('add')}</Button>}</div>
      <div className="filters"><TextField label={t('text')} type="search" value={text} onChange={setText} maxLength={100} /></div>
      {query.error && <FailureNotice failure={query.error} onRetry={() => void query.refetch()} />}
      {query.data && <DataTable label={t('title')} rows={query.data.customers} columns={columns} id={(customer) => customer.customerId} onOpen={(customer) => setOpen({ customer, edit: false })} empty={{ title: t('none'), hint: t('noneHint') }} />}
      {open && <Dialog title={open.customer?.name ?? t('add')} place="side" onClose={close}>
        {open.edit ? <CustomerForm customer={open.customer} onCancel={close} onDone={() => {
          close()
          void queries.invalidateQueries({ queryKey: ['customers'] })
        }} /> : open.customer && <>
          <CustomerCard customer={open.customer} onChanged={(customer) => {
            setOpen({ customer, edit: false })
            void queries.invalidateQueries({ queryKey: ['customers'] })
          }} />
          {can('customer.customers.write') && <div className="row danger-zone"><Button onPress={() => setOpen({ customer: open.customer, edit: true })}>{c('edit')}</Button><Rest customer={open.customer} onChanged={(customer) => setOpen({ customer, edit: false })} /></div>}
        </>}
      </Dialog>}
    </div>
  )
}
