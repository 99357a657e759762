// The request is an order of the first published type of kind CALLBACK.
#include "workorder/adapters/call_back.hpp"

#include "workorder/adapters/order_codec.hpp"

namespace trunkline::workorder {
namespace {

// The form's telephone number is the customer's; other fields that it requires say where it comes from.
Values Fill(const TypeDefinition& type, const v1::Order& order) {
    Values values;
    for (const Field& field : type.fields) {
        if (field.kind == FieldKind::kPhone && !order.customer_number().empty()) {
            values[field.id] = order.customer_number();
        } else if (field.required && (field.kind == FieldKind::kText || field.kind == FieldKind::kLongText)) {
            values[field.id] = order.number();
        }
    }
    return values;
}

Result<std::string> Ask(const CallBackParts& parts, const ServiceStore::Unreached& unreached) {
    const auto found = parts.reader.Find(unreached.order_id, {});
    const auto settings = parts.catalogue.Now();
    const TypeDefinition* type = settings->TypeOfKind(OrderType::kCallback);
    if (!found.ok() || type == nullptr) {
        return found.ok()
                   ? Error{Code::kFailedPrecondition, "NO_CALLBACK_TYPE", "no type of kind CALLBACK is published"}
                   : found.error();
    }
    const v1::Order& order = found->stored.order();
    CreateCall call;
    call.request_id = "call-back/" + unreached.notice_id;
    call.type_id = type->id;
    call.wanted.title = "通知未送达，请回电告知：" + order.number();
    call.wanted.description = unreached.text;
    call.wanted.fields = Fill(*type, order);
    call.wanted.contact = ContactId{order.contact_id()};
    call.wanted.customer_id = order.customer_id();
    call.wanted.customer_name = order.customer_name();
    call.wanted.customer_number = order.customer_number();
    call.wanted.source = order.source();
    call.wanted.notice_medium = Medium::kNothing;  // he cannot be reached, and is told by the call
    call.wanted.related = {order.order_id()};
    const auto created = parts.desk.Create(std::move(call), Who{kSystem, "", {}, true, {}});
    return created.ok() ? Result<std::string>(created->order.number) : Result<std::string>(created.error());
}

}  // namespace

Result<int> AskToCallBack(const CallBackParts& parts, int limit) {
    const auto waiting = parts.store.UnreachedCustomers(limit);
    if (!waiting.ok()) {
        return waiting.error();
    }
    for (const auto& unreached : *waiting) {
        const auto task =
            unreached.task_number.empty() ? Ask(parts, unreached) : Result<std::string>(unreached.task_number);
        if (!task.ok()) {
            return task.error();
        }
        if (Status kept = parts.store.SetTask(unreached.notice_id, *task); !kept.ok()) {
            return kept.error();
        }
    }
    return static_cast<int>(waiting->size());
}

}  // namespace trunkline::workorder
