// What is done with many customers: files in and out, records that may be one person. Bad lines are told one by one.
import { keepPreviousData, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { client } from '@/api/transport'
import { useCan } from '@/app/session'
import { Customers, type GetImportResponse } from '@/gen/trunkline/customer/v1/customer_pb'
import type { Import } from '@/gen/trunkline/customer/v1/resources_pb'
import { common } from '@/i18n/common.texts'
import { useTexts, useWord } from '@/i18n/texts'
import { Button } from '@/ui/Button'
import { DataTable } from '@/ui/DataTable'
import { Dialog } from '@/ui/Dialog'
import { CheckField, TextField } from '@/ui/Field'
import { FailureNotice, useFailureText, useToasts } from '@/ui/Notice'
import { customersTexts, duplicateReasons, importReasons } from './customers.texts'
import { CustomerName } from './parts'

const PART = 512 * 1024

export function CustomerTools() {
  const t = useTexts(customersTexts)
  const can = useCan()
  const [open, setOpen] = useState<'import' | 'export' | 'duplicates'>()
  const close = () => setOpen(undefined)
  return (
    <>
      {can('customer.customers.merge') && <Button onPress={() => setOpen('duplicates')}>{t('duplicates')}</Button>}
      {can('customer.customers.import') && <Button onPress={() => setOpen('import')}>{t('import')}</Button>}
      {can('customer.customers.export') && <Button onPress={() => setOpen('export')}>{t('export')}</Button>}
      {open === 'import' && <ImportDialog onClose={close} />}
      {open === 'export' && <ExportDialog onClose={close} />}
      {open === 'duplicates' && <DuplicatesDialog onClose={close} />}
    </>
  )
}

// Part by part, so that progress is seen and a broken line costs one part.
async function bring(file: File, dryRun: boolean, told: (part: number) => void): Promise<GetImportResponse> {
  let state: Import = await client(Customers).startImport({ requestId: crypto.randomUUID(), name: file.name, dryRun })
  for (let at = 0; at < file.size || at === 0; at += PART) {
    const data = new Uint8Array(await file.slice(at, at + PART).arrayBuffer())
    state = await client(Customers).addImportPart({ importId: state.importId, offset: BigInt(at), data, last: at + PART >= file.size }, { timeoutMs: 60_000 })
    told(Math.min(1, (at + PART) / Math.max(1, file.size)))
  }
  return await client(Customers).getImport({ importId: state.importId, pageSize: 500 })
}

function ImportDialog({ onClose }: { onClose(): void }) {
  const t = useTexts(customersTexts)
  const reason = useWord(importReasons)
  const queries = useQueryClient()
  const [file, setFile] = useState<File>()
  const [dryRun, setDryRun] = useState(true)
  const [part, setPart] = useState<number>()
  const [answer, setAnswer] = useState<GetImportResponse>()
  const [failure, setFailure] = useState<unknown>()
  const run = () => {
    if (!file) return
    setFailure(undefined)
    setAnswer(undefined)
    setPart(0)
    bring(file, dryRun, setPart).then(setAnswer, setFailure).finally(() => {
      setPart(undefined)
      void queries.invalidateQueries({ queryKey: ['customers'] })
    })
  }
  return (
    <Dialog title={t('import')} wide onClose={onClose}>
      <div className="form">
        <p className="muted small">{t('importHint')}</p>
        <label className="button file-button">{file?.name ?? t('chooseFile')}<input className="hidden" type="file" accept=".csv,text/csv" onChange={(event) => setFile(event.target.files?.[0])} /></label>
        <CheckField label={t('dryRun')} value={dryRun} onChange={setDryRun} />
        {part !== undefined && <progress value={part} max={1} aria-label={t('import')} />}
        {failure !== undefined && <FailureNotice failure={failure} onRetry={run} />}
        {answer?.import && <>
          <p role="status"><strong>{t('importResult', { created: String(answer.import.created), updated: String(answer.import.updated), refused: String(answer.import.refused) })}</strong></p>
          {answer.faults.length > 0 && <DataTable label={t('badLines')} rows={answer.faults} id={(fault) => `${fault.line}.${fault.column}`} empty={{ title: '' }} columns={[
            { key: 'line', title: t('line'), width: '80px', right: true, cell: (fault) => String(fault.line) }, { key: 'column', title: t('column'), width: '120px', cell: (fault) => fault.column },
            { key: 'reason', title: t('why'), cell: (fault) => (reason(fault.reason) === fault.reason ? fault.message : reason(fault.reason)) },
          ]} />}
        </>}
        <footer><Button kind="primary" {...(file ? {} : { unavailable: t('chooseFile') })} busy={part !== undefined} onPress={run}>{t(dryRun ? 'checkFile' : 'import')}</Button></footer>
      </div>
    </Dialog>
  )
}

function ExportDialog({ onClose }: { onClose(): void }) {
  const t = useTexts(customersTexts)
  const can = useCan()
  const [tag, setTag] = useState('')
  const [clear, setClear] = useState(false)
  const [why, setWhy] = useState('')
  const [fault, setFault] = useState('')
  const [failure, setFailure] = useState<unknown>()
  const [busy, setBusy] = useState(false)
  const run = async () => {
    if (clear && !why.trim()) return setFault(t('revealReason'))
    setFault('')
    setFailure(undefined)
    setBusy(true)
    try {
      const parts: BlobPart[] = []
      for await (const part of client(Customers).exportCustomers({ tag: tag.trim(), clearNumbers: clear, reason: why.trim() }, { timeoutMs: 0 })) parts.push(part.csv as BlobPart)
      const link = document.createElement('a')
      link.href = URL.createObjectURL(new Blob(parts, { type: 'text/csv' }))
      link.download = 'customers.csv'
      link.click()
      setTimeout(() => URL.revokeObjectURL(link.href), 10_000)
      onClose()
    } catch (thrown) {
      setFailure(thrown)
    } finally {
      setBusy(false)
    }
  }
  return (
    <Dialog title={t('export')} onClose={onClose}>
      <div className="form">
        <TextField label={t('tag')} value={tag} maxLength={60} onChange={setTag} />
        {can('customer.numbers.clear') && <CheckField label={t('clearNumbers')} value={clear} onChange={setClear} />}
        {clear && <TextField label={t('reason')} required value={why} maxLength={200} fault={fault} onChange={setWhy} />}
        {failure !== undefined && <FailureNotice failure={failure} />}
        <footer><Button kind="primary" busy={busy} onPress={() => void run()}>{t('export')}</Button></footer>
      </div>
    </Dialog>
  )
}

function DuplicatesDialog({ onClose }: { onClose(): void }) {
  const t = useTexts(customersTexts)
  const c = useTexts(common)
  const word = useWord(duplicateReasons)
  const queries = useQueryClient()
  const toast = useToasts((toasts) => toasts.add)
  const failureText = useFailureText()
  const query = useQuery({ queryKey: ['customers', 'duplicates'], placeholderData: keepPreviousData, queryFn: ({ signal }) => client(Customers).listDuplicates({ pageSize: 20 }, { signal }) })
  const act = (work: Promise<unknown>) => void work.then(() => {
    toast('good', c('done'))
    void queries.invalidateQueries({ queryKey: ['customers'] })
  }, (thrown: unknown) => toast('bad', failureText(thrown)))
  const merge = (keepCustomerId: string, goneCustomerId: string) => {
    const reason = prompt(t('mergeReason'))?.trim()
    if (reason) act(client(Customers).mergeCustomers({ requestId: crypto.randomUUID(), keepCustomerId, goneCustomerId, reason }))
  }
  return (
    <Dialog title={t('duplicates')} wide onClose={onClose}>
      {query.error && <FailureNotice failure={query.error} onRetry={() => void query.refetch()} />}
      {query.data?.duplicates.length === 0 && <p className="muted">{t('noDuplicates')}</p>}
      <ol className="log">{query.data?.duplicates.map(({ first, second, reason }) => first && second && (
        <li key={first.customerId + second.customerId}>
          <p className="muted small">{word(reason)}</p>
          <div className="row"><CustomerName customer={first} /><span className="figure">{first.numbers.map((number) => number.masked).join(', ')}</span></div>
          <div className="row"><CustomerName customer={second} /><span className="figure">{second.numbers.map((number) => number.masked).join(', ')}</span></div>
          <div className="row"><Button small onPress={() => merge(first.customerId, second.customerId)}>{t('keepFirst')}</Button><Button small onPress={() => merge(second.customerId, first.customerId)}>{t('keepSecond')}</Button>
            <Button small kind="quiet" onPress={() => act(client(Customers).dismissDuplicate({ firstCustomerId: first.customerId, secondCustomerId: second.customerId }))}>{t('twoPeople')}</Button></div>
        </li>
      ))}</ol>
    </Dialog>
  )
}
