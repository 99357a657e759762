// The tree of what contacts may be about; agents choose from it in the wrap-up.
import { create, fromJsonString } from '@bufbuild/protobuf'
import { useQuery } from '@tanstack/react-query'
import { client } from '@/api/transport'
import { CategorySchema, Dispositions, type Category } from '@/gen/trunkline/acd/v1/dispositions_pb'
import { SettingVersions } from '@/gen/trunkline/acd/v1/versions_pb'
import { useTexts } from '@/i18n/texts'
import { leaves } from '../workspace/CategoryPicker'
import { adminTexts } from './admin.texts'
import { ResourcePage, WORD, type Resource } from './ResourcePage'
import { versioned } from './versions'

interface Row {
  category: Category
  depth: number
}

export function categoryTree(categories: readonly Category[]): Row[] {
  const known = new Set(categories.map((category) => category.categoryId))
  const walk = (parent: string, depth: number): Row[] => categories
    .filter((category) => (known.has(category.parentId) ? category.parentId : '') === parent)
    .flatMap((category) => [{ category, depth }, ...walk(category.categoryId, depth + 1)])
  return walk('', 0)
}

const load = async (signal: AbortSignal) => (await client(Dispositions).listCategories({}, { signal })).categories

export default function CategoriesPage() {
  const t = useTexts(adminTexts)
  const all = useQuery({ queryKey: ['admin', 'categories', 'options'], queryFn: ({ signal }) => load(signal) })
  const resource: Resource<Row> = {
    key: 'categories', title: t('categories'), right: 'acd.categories.write', id: ({ category }) => category.categoryId,
    list: async (signal) => categoryTree(await load(signal)),
    columns: [
      { key: 'title', title: t('name'), cell: ({ category, depth }) => <><span aria-hidden="true">{'\u3000'.repeat(depth)}</span><strong>{category.title}</strong></> },
      { key: 'id', title: t('id'), width: '240px', cell: ({ category }) => category.categoryId },
      { key: 'order', title: t('order'), width: '90px', right: true, cell: ({ category }) => String(category.order) },
    ],
    fields: [
      { name: 'categoryId', label: ['编号', 'Id'], kind: 'text', required: true, key: true, pattern: WORD },
      { name: 'title', label: ['名称', 'Title'], kind: 'text', required: true, longest: 60 },
      { name: 'parentId', label: ['上级', 'Belongs to'], kind: 'choice', options: () => [{ value: '', label: t('whole') }, ...leaves(all.data ?? []).map((leaf) => ({ value: leaf.id, label: leaf.path }))] },
      { name: 'order', label: ['排序', 'Order'], kind: 'number', most: 9999 },
    ],
    toValues: (row) => ({ categoryId: row?.category.categoryId ?? '', title: row?.category.title ?? '', parentId: row?.category.parentId ?? '', order: row?.category.order ?? 0 }),
    save: async (values) => {
      await client(Dispositions).putCategory({ category: create(CategorySchema, { categoryId: String(values.categoryId).trim(), title: String(values.title).trim(), parentId: String(values.parentId), order: Number(values.order) || 0 }) })
      void all.refetch()
    },
    remove: ({ category }) => client(Dispositions).deleteCategory({ categoryId: category.categoryId }),
    versions: versioned(SettingVersions, 'category', (json) => client(Dispositions).putCategory({ category: fromJsonString(CategorySchema, json, { ignoreUnknownFields: true }) })),
  }
  return <ResourcePage resource={resource} />
}
