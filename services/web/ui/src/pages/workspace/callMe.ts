// The demo's caller: there only when the suite was started as a demo.
import { useQuery } from '@tanstack/react-query'

export function useCallMeThere(): boolean {
  return useQuery({ queryKey: ['callMe'], queryFn: () => Promise.resolve(false), staleTime: Infinity }).data ?? false
}

export async function callMe(): Promise<void> {
  await Promise.resolve()
}
