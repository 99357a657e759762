// The figures of the day, looked up again a little after each fact that changes them.
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { Figures } from '@/gen/trunkline/reporting/v1/reporting_pb'
import { useRefreshOn } from './acd'
import { client } from './transport'

const KEY = ['figures']

export function useDay(date = '', enabled = true) {
  useRefreshOn('trunkline.acd.v1.Contact', KEY, 1500)
  return useQuery({
    queryKey: [...KEY, date],
    enabled,
    queryFn: ({ signal }) => client(Figures).getDay({ date }, { signal }),
    placeholderData: keepPreviousData,
    refetchInterval: date ? false : 5_000,
  })
}

// The service level an operator promises: 80 % within the queue's threshold.
export const SERVICE_LEVEL_TARGET = 0.8
