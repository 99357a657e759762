// Every page: its address, its name, the right it needs and where it stands in the navigation. Adding a page is one entry.
import { lazy, type ComponentType, type LazyExoticComponent } from 'react'
import type { IconName } from '@/ui/Icon'
import type { shell } from './shell.texts'

export type Group = 'agentGroup' | 'supervisorGroup' | 'orderGroup' | 'adminGroup'

export interface Page {
  path: string
  title: keyof typeof shell & string
  icon: IconName
  group: Group
  // One of these is enough; none: everybody.
  rights: string[]
  // Only for those who are an agent.
  agent?: boolean
  // Reached from other pages only.
  hidden?: boolean
  // Has no frame around it and opens by itself.
  bare?: boolean
  component: LazyExoticComponent<ComponentType>
}

const none = lazy(() => Promise.resolve({ default: () => null }))

export const PAGES: Page[] = [
  { path: '/workspace', title: 'workspace', icon: 'headset', group: 'agentGroup', rights: [], agent: true, component: lazy(() => import('@/pages/workspace/WorkspacePage')) },
  { path: '/history', title: 'history', icon: 'history', group: 'agentGroup', rights: ['desk.calls', 'reporting.timelines.read', 'acd.dispositions.read'], component: lazy(() => import('@/pages/history/HistoryPage')) },
  { path: '/customers', title: 'customers', icon: 'customers', group: 'agentGroup', rights: ['customer.customers.read'], component: lazy(() => import('@/pages/customers/CustomersPage')) },
  { path: '/knowledge', title: 'knowledge', icon: 'book', group: 'agentGroup', rights: ['customer.articles.read', 'knowledge.articles.read'], component: lazy(() => import('@/pages/knowledge/KnowledgePage')) },
  { path: '/office', title: 'office', icon: 'clock', group: 'agentGroup', rights: ['knowledge.bulletins.read', 'knowledge.tasks.own'], component: lazy(() => import('@/pages/office/OfficePage')) },
  { path: '/own', title: 'own', icon: 'chart', group: 'agentGroup', rights: [], agent: true, component: lazy(() => import('@/pages/own/OwnPage')) },
  { path: '/device', title: 'device', icon: 'microphone', group: 'agentGroup', rights: [], agent: true, component: lazy(() => import('@/pages/device/DevicePage')) },
  { path: '/orders', title: 'orders', icon: 'orders', group: 'orderGroup', rights: ['workorder.orders.read'], component: lazy(() => import('@/pages/orders/OrdersPage')) },
  { path: '/orders/:id', title: 'orders', icon: 'orders', group: 'orderGroup', rights: ['workorder.orders.read'], hidden: true, component: lazy(() => import('@/pages/orders/OrderPage')) },
  { path: '/incidents', title: 'incidents', icon: 'warning', group: 'orderGroup', rights: ['workorder.incidents.write'], component: lazy(() => import('@/pages/orders/IncidentsPage')) },
  { path: '/live', title: 'live', icon: 'live', group: 'supervisorGroup', rights: ['acd.agents.read'], component: lazy(() => import('@/pages/live/LivePage')) },
  { path: '/wallboard', title: 'wallboard', icon: 'wall', group: 'supervisorGroup', rights: ['acd.queues.read'], bare: true, component: none },
  { path: '/recordings', title: 'recordings', icon: 'record', group: 'supervisorGroup', rights: ['recording.recordings.read'], component: lazy(() => import('@/pages/recordings/RecordingsPage')) },
  { path: '/recordings/:id', title: 'recordings', icon: 'record', group: 'supervisorGroup', rights: ['recording.recordings.read'], hidden: true, component: lazy(() => import('@/pages/recordings/RecordingPage')) },
  { path: '/figures', title: 'figures', icon: 'chart', group: 'supervisorGroup', rights: ['reporting.figures.read'], component: lazy(() => import('@/pages/figures/FiguresPage')) },
  { path: '/flows', title: 'flows', icon: 'flow', group: 'adminGroup', rights: ['ivr.flows.read'], component: lazy(() => import('@/pages/flows/FlowsPage')) },
  { path: '/flows/:name', title: 'flows', icon: 'flow', group: 'adminGroup', rights: ['ivr.flows.read'], hidden: true, component: lazy(() => import('@/pages/flows/FlowPage')) },
  { path: '/prompts', title: 'prompts', icon: 'speaker', group: 'adminGroup', rights: ['ivr.prompts.write'], component: lazy(() => import('@/pages/prompts/PromptsPage')) },
  { path: '/editing', title: 'editing', icon: 'book', group: 'adminGroup', rights: ['knowledge.articles.write'], component: lazy(() => import('@/pages/editing/EditingPage')) },
  { path: '/editing/:id', title: 'editing', icon: 'book', group: 'adminGroup', rights: ['knowledge.articles.write'], hidden: true, component: lazy(() => import('@/pages/editing/ArticlePage')) },
  { path: '/order-settings', title: 'orderSettings', icon: 'gear', group: 'adminGroup', rights: ['workorder.settings.write'], component: lazy(() => import('@/pages/orderSettings/SettingsPage')) },
  { path: '/order-settings/types/:id', title: 'orderSettings', icon: 'gear', group: 'adminGroup', rights: ['workorder.settings.write'], hidden: true, component: lazy(() => import('@/pages/orderSettings/TypePage')) },
  { path: '/order-settings/flows/:id', title: 'orderSettings', icon: 'gear', group: 'adminGroup', rights: ['workorder.settings.write'], hidden: true, component: lazy(() => import('@/pages/orderSettings/OrderFlowPage')) },
  { path: '/order-settings/calendars/:id', title: 'orderSettings', icon: 'gear', group: 'adminGroup', rights: ['workorder.settings.write'], hidden: true, component: lazy(() => import('@/pages/orderSettings/CalendarPage')) },
  { path: '/queues', title: 'queues', icon: 'orders', group: 'adminGroup', rights: ['acd.queues.write'], component: lazy(() => import('@/pages/admin/QueuesPage')) },
  { path: '/agents', title: 'agents', icon: 'headset', group: 'adminGroup', rights: ['acd.agents.write'], component: lazy(() => import('@/pages/admin/AgentsPage')) },
  { path: '/hours', title: 'hours', icon: 'clock', group: 'adminGroup', rights: ['acd.queues.write'], component: lazy(() => import('@/pages/admin/HoursPage')) },
  { path: '/reasons', title: 'reasons', icon: 'hold', group: 'adminGroup', rights: ['acd.agents.write'], component: lazy(() => import('@/pages/admin/ReasonsPage')) },
  { path: '/categories', title: 'categories', icon: 'note', group: 'adminGroup', rights: ['acd.categories.write'], component: lazy(() => import('@/pages/admin/CategoriesPage')) },
  { path: '/trunks', title: 'trunks', icon: 'phone', group: 'adminGroup', rights: ['trunk.directory.read'], component: lazy(() => import('@/pages/admin/TrunksPage')) },
  { path: '/organisation', title: 'organisation', icon: 'flow', group: 'adminGroup', rights: ['identity.units.write'], component: lazy(() => import('@/pages/admin/UnitsPage')) },
  { path: '/users', title: 'users', icon: 'customers', group: 'adminGroup', rights: ['identity.users.read'], component: lazy(() => import('@/pages/admin/UsersPage')) },
  { path: '/roles', title: 'roles', icon: 'eye', group: 'adminGroup', rights: ['identity.roles.read'], component: lazy(() => import('@/pages/admin/RolesPage')) },
  { path: '/audit', title: 'audit', icon: 'history', group: 'adminGroup', rights: ['identity.audit.read'], component: lazy(() => import('@/pages/admin/AuditPage')) },
  { path: '/account', title: 'account', icon: 'gear', group: 'agentGroup', rights: [], hidden: true, component: lazy(() => import('@/pages/account/AccountPage')) },
]

export function visiblePages(can: (right: string) => boolean, isAgent: boolean): Page[] {
  return PAGES.filter((page) => (!page.agent || isAgent) && (page.rights.length === 0 || page.rights.some(can)))
}
