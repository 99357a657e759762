// What a setting was before: where its versions are asked for, how one is taken back, and what changed between two.
import type { DescService } from '@bufbuild/protobuf'
import { client } from '@/api/transport'
import type { ListVersionsResponse, Version } from '@/gen/trunkline/versions/v1/versions_pb'

interface VersionsApi {
  listVersions(request: { resource: string; id: string; pageSize: number }, options: { signal: AbortSignal }): Promise<ListVersionsResponse>
}

export interface Versioned {
  // "queue", as the service calls it.
  resource: string
  right: string
  list(id: string, signal: AbortSignal): Promise<Version[]>
  // Puts the content of a version again: it is checked, takes effect and is a version like any other change.
  restore(json: string): Promise<unknown>
}

export function versioned(service: DescService, resource: string, restore: (json: string) => Promise<unknown>): Versioned {
  const right = `${service.typeName.split('.')[1]}.versions.read`
  const api = () => client(service) as unknown as VersionsApi
  return { resource, right, restore, list: async (id, signal) => (await api().listVersions({ resource, id, pageSize: 200 }, { signal })).versions }
}

export interface Difference {
  field: string
  before: string
  after: string
}

function flatten(value: unknown, path: string, found: Map<string, string>): Map<string, string> {
  if (value !== null && typeof value === 'object') {
    for (const [key, part] of Object.entries(value)) flatten(part, path ? `${path}.${key}` : key, found)
  } else if (path) found.set(path, String(value))
  return found
}

// Field by field, "requiredSkills.complaints"; a removed setting has none.
export function differences(before: string, after: string): Difference[] {
  const [old, now] = [before, after].map((json) => flatten(json ? JSON.parse(json) : {}, '', new Map())) as [Map<string, string>, Map<string, string>]
  return [...new Set([...old.keys(), ...now.keys()])].sort()
    .map((field) => ({ field, before: old.get(field) ?? '', after: now.get(field) ?? '' }))
    .filter((each) => each.before !== each.after)
}

// Settings that were removed, each by the last version that it had before; `versions` is newest first.
export function removed(versions: readonly Version[]): { gone: Version; last: Version }[] {
  const seen = new Set<string>()
  return versions.flatMap((gone) => {
    if (seen.has(gone.id)) return []
    seen.add(gone.id)
    const last = gone.json === '' ? versions.find((each) => each.id === gone.id && each.json !== '') : undefined
    return last ? [{ gone, last }] : []
  })
}
