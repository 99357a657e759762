// One line for each kind of field: its type, and what its `shown` option says, make the control of an editor.
#include "ivr/adapters/node_schema.hpp"

namespace trunkline::ivr {
namespace {

using google::protobuf::FieldDescriptor;
using Field = v1::NodeField;

Field::Control MessageControl(const FieldDescriptor& field) {
    if (field.is_map()) return Field::KEY_EXITS;
    if (field.message_type()->full_name() == "google.protobuf.Duration") return Field::SECONDS;
    if (field.message_type() == v1::Node::Span::descriptor()) return Field::SPANS;
    return Field::CONTROL_UNSPECIFIED;
}

Field::Control TextControl(const v1::Shown& shown) {
    if (shown.exit()) return Field::EXIT;
    if (shown.prompt()) return Field::PROMPT;
    if (shown.queue()) return Field::QUEUE;
    if (shown.choices_size() > 0) return Field::CHOICE;
    return shown.long_text() ? Field::LONG_TEXT : Field::TEXT;
}

Field::Control ControlOf(const FieldDescriptor& field, const v1::Shown& shown) {
    switch (field.cpp_type()) {
        case FieldDescriptor::CPPTYPE_MESSAGE:
            return MessageControl(field);
        case FieldDescriptor::CPPTYPE_BOOL:
            return Field::SWITCH;
        case FieldDescriptor::CPPTYPE_STRING:
            return field.is_repeated() ? Field::LIST : TextControl(shown);
        default:
            return Field::NUMBER;
    }
}

}  // namespace

v1::DescribeNodesResponse DescribeNodes() {
    v1::DescribeNodesResponse response;
    const auto& kinds = *v1::Node::descriptor()->FindOneofByName("kind");
    for (int at = 0; at < kinds.field_count(); ++at) {
        const FieldDescriptor& kind = *kinds.field(at);
        auto& entry = *response.add_kinds();
        entry.set_kind(kind.json_name());
        entry.set_zh(kind.options().GetExtension(v1::shown).zh());
        entry.set_en(kind.options().GetExtension(v1::shown).en());
        for (int index = 0; index < kind.message_type()->field_count(); ++index) {
            const FieldDescriptor& field = *kind.message_type()->field(index);
            auto& described = *entry.add_fields();
            *described.mutable_shown() = field.options().GetExtension(v1::shown);
            described.set_name(field.json_name());
            described.set_control(ControlOf(field, described.shown()));
        }
    }
    return response;
}

}  // namespace trunkline::ivr
