// What is done with one customer beside his form: numbers, an undone merge, erasure by law with its proof.
import { useQueryClient } from '@tanstack/react-query'
import { useState, type FormEvent } from 'react'
import { client } from '@/api/transport'
import { useCan } from '@/app/session'
import { Customers } from '@/gen/trunkline/customer/v1/customer_pb'
import type { Customer, ErasureProof } from '@/gen/trunkline/customer/v1/resources_pb'
import { common } from '@/i18n/common.texts'
import { dateTime } from '@/i18n/format'
import { useTexts } from '@/i18n/texts'
import { Button } from '@/ui/Button'
import { TextField } from '@/ui/Field'
import { FailureNotice, useFailureText, useToasts } from '@/ui/Notice'
import { customersTexts } from './customers.texts'

interface Props {
  customer: Customer
  onChanged(customer: Customer): void
}

export function Numbers({ customer, onChanged }: Props) {
  const t = useTexts(customersTexts)
  const c = useTexts(common)
  const [number, setNumber] = useState('')
  const [label, setLabel] = useState('')
  const [fault, setFault] = useState('')
  const failureText = useFailureText()
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (!/^[+\d][\d\s()-]{2,24}$/.test(number.trim())) return setFault(t('badNumber'))
    setFault('')
    client(Customers).addNumber({ requestId: crypto.randomUUID(), customerId: customer.customerId, number: { number: number.trim(), label: label.trim() } }).then((next) => {
      setNumber('')
      setLabel('')
      onChanged(next)
    }, (thrown: unknown) => setFault(failureText(thrown)))
  }
  const remove = (numberId: string, masked: string) => {
    if (!confirm(c('removeAsk', { name: masked }))) return
    client(Customers).removeNumber({ requestId: crypto.randomUUID(), customerId: customer.customerId, numberId }).then(onChanged, (thrown: unknown) => setFault(failureText(thrown)))
  }
  return (
    <details>
      <summary className="muted">{t('changeNumbers')}</summary>
      <ul className="log">{customer.numbers.map((each) => <li key={each.numberId} className="row"><span className="figure grow">{each.masked} {each.label}</span>
        <Button small kind="quiet" icon="cross" label={`${c('remove')} ${each.masked}`} onPress={() => remove(each.numberId, each.masked)} /></li>)}</ul>
      <form noValidate className="filters" onSubmit={submit}>
        <TextField label={t('number')} required type="tel" value={number} fault={fault} maxLength={30} onChange={setNumber} />
        <TextField label={t('label')} value={label} maxLength={20} onChange={setLabel} />
        <Button type="submit">{c('add')}</Button>
      </form>
    </details>
  )
}

export function Rest({ customer, onChanged }: Props) {
  const t = useTexts(customersTexts)
  const can = useCan()
  const queries = useQueryClient()
  const toast = useToasts((toasts) => toasts.add)
  const [failure, setFailure] = useState<unknown>()
  const [proof, setProof] = useState<ErasureProof>()
  const undo = (customerId: string) => {
    const reason = prompt(t('undoReason'))?.trim()
    if (reason) client(Customers).undoMerge({ requestId: crypto.randomUUID(), customerId, reason }).then((apart) => {
      toast('good', t('undone', { name: apart.name }))
      void queries.invalidateQueries({ queryKey: ['customers'] })
      void client(Customers).getCustomer({ customerId: customer.customerId }).then(onChanged)
    }, setFailure)
  }
  const erase = () => {
    const ground = prompt(t('eraseGround'))?.trim()
    if (ground && confirm(t('eraseAsk', { name: customer.name }))) client(Customers).eraseCustomer({ requestId: crypto.randomUUID(), customerId: customer.customerId, ground }, { timeoutMs: 30_000 }).then((next) => {
      setProof(next)
      void queries.invalidateQueries({ queryKey: ['customers'] })
    }, setFailure)
  }
  return (
    <>
      {customer.mergedIds.length > 0 && can('customer.customers.merge') && <div className="row">{customer.mergedIds.map((id, index) => <Button key={id} small onPress={() => undo(id)}>{`${t('undoMerge')} ${index + 1}`}</Button>)}</div>}
      {failure !== undefined && <FailureNotice failure={failure} />}
      {proof && <div className="notice info"><div><strong>{t('erased', { time: dateTime(proof.time) })}</strong><p className="small">{proof.ground}</p><p className="small figure">{proof.signature}</p></div></div>}
      {!proof && can('customer.customers.erase') && <Button small kind="danger" onPress={erase}>{t('erase')}</Button>}
    </>
  )
}
