// Membership cards of a customer: balance, statement, and postings by right, each with its reason.
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useState, type FormEvent } from 'react'
import { client } from '@/api/transport'
import { useCan } from '@/app/session'
import { Memberships } from '@/gen/trunkline/customer/v1/membership_pb'
import { AccountState, PostingKind, Unit, type Account } from '@/gen/trunkline/customer/v1/resources_pb'
import { dateTime } from '@/i18n/format'
import { useTexts, useWord } from '@/i18n/texts'
import { Button } from '@/ui/Button'
import { SelectField, TextField } from '@/ui/Field'
import { FailureNotice, useToasts } from '@/ui/Notice'
import { Tag } from '@/ui/Status'
import { customersTexts, postingKinds } from './customers.texts'

export const amountText = (amount: bigint, unit: Unit) => (unit === Unit.MONEY ? `${amount < 0n ? '-' : ''}¥${(Number(amount < 0n ? -amount : amount) / 100).toFixed(2)}` : String(amount))

export function Accounts({ customerId }: { customerId: string }) {
  const t = useTexts(customersTexts)
  const can = useCan()
  const query = useQuery({ queryKey: ['customers', 'accounts', customerId], enabled: can('customer.accounts.read'), queryFn: ({ signal }) => client(Memberships).listAccounts({ customerId }, { signal }), retry: false })
  const [open, setOpen] = useState('')
  if ((query.data?.accounts ?? []).length === 0) return null
  return (
    <>
      <h3>{t('cards')}</h3>
      <ul className="log">{query.data?.accounts.map((account) => (
        <li key={account.accountId}>
          <div className="row"><strong className="figure">{account.cardNumber}</strong><span className="grow figure">{amountText(account.balance, account.unit)} {t(account.unit === Unit.MONEY ? 'money' : 'points')}</span>{account.state === AccountState.CLOSED && <Tag tone="off">{t('closedCard')}</Tag>}
            <Button small pressed={open === account.accountId} onPress={() => setOpen(open === account.accountId ? '' : account.accountId)}>{t('statement')}</Button></div>
          {account.expiring > 0n && account.expireTime && <p className="muted small">{t('expires', { amount: amountText(account.expiring, account.unit), time: dateTime(account.expireTime) })}</p>}
          {open === account.accountId && <Statement account={account} />}
        </li>
      ))}</ul>
    </>
  )
}

function Statement({ account }: { account: Account }) {
  const t = useTexts(customersTexts)
  const word = useWord(postingKinds)
  const can = useCan()
  const query = useQuery({ queryKey: ['customers', 'accounts', 'lines', account.accountId, account.balance.toString()], queryFn: ({ signal }) => client(Memberships).getStatement({ accountId: account.accountId, pageSize: 20 }, { signal }) })
  return (
    <>
      {query.error && <FailureNotice failure={query.error} />}
      <table className="table small"><thead><tr><th>{t('time')}</th><th>{t('what')}</th><th className="right">{t('amount')}</th><th className="right">{t('balance')}</th></tr></thead><tbody>
        {query.data?.lines.map((line) => <tr key={String(line.number)}><td>{dateTime(line.time)}</td><td title={`${line.reason} ${line.actor}`}>{word(PostingKind[line.kind] ?? '')} {line.reason}</td><td className="right">{amountText(line.amount, account.unit)}</td><td className="right">{amountText(line.balance, account.unit)}</td></tr>)}
      </tbody></table>
      {account.state !== AccountState.CLOSED && can('customer.accounts.post') && <Post account={account} />}
    </>
  )
}

function Post({ account }: { account: Account }) {
  const t = useTexts(customersTexts)
  const word = useWord(postingKinds)
  const can = useCan()
  const queries = useQueryClient()
  const toast = useToasts((toasts) => toasts.add)
  const [kind, setKind] = useState('EARN')
  const [amount, setAmount] = useState('')
  const [reason, setReason] = useState('')
  const [request, setRequest] = useState(() => crypto.randomUUID())
  const [faults, setFaults] = useState<Record<string, string>>({})
  const [failure, setFailure] = useState<unknown>()
  const submit = async (event: FormEvent) => {
    event.preventDefault()
    const number = account.unit === Unit.MONEY ? Math.round(Number(amount) * 100) : Number(amount)
    const wrong: Record<string, string> = {}
    if (!Number.isSafeInteger(number) || number === 0 || (kind !== 'CORRECT' && number < 0)) wrong.amount = t('badAmount')
    if (!reason.trim()) wrong.reason = t('revealReason')
    setFaults(wrong)
    setFailure(undefined)
    if (Object.keys(wrong).length > 0) return
    const posting = { requestId: request, accountId: account.accountId, amount: BigInt(number), reason: reason.trim() }
    try {
      if (kind === 'EARN') await client(Memberships).earn(posting)
      else if (kind === 'REDEEM') await client(Memberships).redeem(posting)
      else await client(Memberships).correct(posting)
      setRequest(crypto.randomUUID())
      setAmount('')
      toast('good', t('posted'))
      void queries.invalidateQueries({ queryKey: ['customers', 'accounts'] })
    } catch (thrown) {
      setFailure(thrown)
    }
  }
  return (
    <form noValidate className="filters" onSubmit={(event) => void submit(event)}>
      <SelectField label={t('what')} value={kind} onChange={setKind} options={['EARN', 'REDEEM', ...(can('customer.accounts.correct') ? ['CORRECT'] : [])].map((value) => ({ value, label: word(value) }))} />
      <TextField label={t('amount')} required value={amount} fault={faults.amount} onChange={setAmount} />
      <TextField label={t('reason')} required value={reason} maxLength={200} fault={faults.reason} onChange={setReason} />
      <Button type="submit">{t('post')}</Button>
      {failure !== undefined && <FailureNotice failure={failure} />}
    </form>
  )
}
