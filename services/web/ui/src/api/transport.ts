// One transport for every service: Connect over the page's own origin, with the cookie of the session.
import { Code, ConnectError, createClient, type Client, type Interceptor } from '@connectrpc/connect'
import { createConnectTransport } from '@connectrpc/connect-web'
import type { DescService } from '@bufbuild/protobuf'

type Listener = () => void
const onUnauthenticated = new Set<Listener>()

// Called when the server says that the session is over.
export function whenLoggedOut(listener: Listener): () => void {
  onUnauthenticated.add(listener)
  return () => onUnauthenticated.delete(listener)
}

const watchSession: Interceptor = (next) => async (request) => {
  try {
    return await next(request)
  } catch (failure) {
    if (ConnectError.from(failure).code === Code.Unauthenticated) onUnauthenticated.forEach((listener) => listener())
    throw failure
  }
}

const transport = createConnectTransport({
  baseUrl: '/',
  defaultTimeoutMs: 10_000,
  interceptors: [watchSession],
})

const clients = new Map<string, unknown>()

export function client<S extends DescService>(service: S): Client<S> {
  let found = clients.get(service.typeName)
  if (!found) {
    found = createClient(service, transport)
    clients.set(service.typeName, found)
  }
  return found as Client<S>
}
