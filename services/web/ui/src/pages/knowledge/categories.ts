// The tree of categories as a list: parents before their children, by place.
import type { Category } from '@/gen/trunkline/knowledge/v1/resources_pb'

export function inTreeOrder(categories: readonly Category[]): { category: Category; depth: number }[] {
  const known = new Set(categories.map((category) => category.categoryId))
  const below = (parent: string, depth: number): { category: Category; depth: number }[] => categories
    .filter((category) => (depth === 0 ? !known.has(category.parentId) : category.parentId === parent))
    .sort((a, b) => a.position - b.position || a.title.localeCompare(b.title, 'zh'))
    .flatMap((category) => [{ category, depth }, ...(depth < 8 ? below(category.categoryId, depth + 1) : [])])
  return below('', 0)
}
