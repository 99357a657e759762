// One transport for every service: Connect over the page's own origin, with the cookie of the session.
import { Code, ConnectError, createClient, type Client, type Interceptor, type Transport } from '@connectrpc/connect'
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

const settings = { baseUrl: '/', defaultTimeoutMs: 10_000, interceptors: [watchSession] }

function clientsOf(transport: Transport): <S extends DescService>(service: S) => Client<S> {
  const clients = new Map<string, unknown>()
  return (service) => {
    const found = clients.get(service.typeName) ?? createClient(service, transport)
    clients.set(service.typeName, found)
    return found as Client<typeof service>
  }
}

// In JSON, so that people can read along in the tools of the browser.
export const client = clientsOf(createConnectTransport(settings))
// In binary: an event of a type that this page does not know is passed over, while in JSON it would end the stream.
export const eventClient = clientsOf(createConnectTransport({ ...settings, useBinaryFormat: true }))
