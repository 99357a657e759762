// A changed copy of a message: what a form does not know stays as it was.
import { clone, create, type DescMessage, type MessageShape } from '@bufbuild/protobuf'

export function edited<D extends DescMessage>(schema: D, before: MessageShape<D> | undefined, change: Partial<Omit<MessageShape<D>, '$typeName' | '$unknown'>>): MessageShape<D> {
  return Object.assign(before ? clone(schema, before) : create(schema), change)
}
