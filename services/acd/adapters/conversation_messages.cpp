// Field by field, on the owner thread.
#include "acd/adapters/conversation_messages.hpp"

#include "acd/adapters/state_messages.hpp"
#include "acd/adapters/times.hpp"
#include "rpc/rpc.hpp"

namespace trunkline::acd {
namespace {

void Fill(const Party& party, v1::ConversationParty& message) {
    message.set_leg_id(party.leg.str());
    message.set_kind(WordOf(party.kind));
    message.set_agent_id(party.agent.str());
    message.set_number(party.number);
    message.set_up(party.up);
    message.set_muted(party.muted);
    *message.mutable_since_time() = ToProto(party.since);
    if (party.kind == Party::Kind::kSupervisor) {
        message.set_supervision(WordOf(party.supervision));
    }
}

void Fill(const Contact& contact, const AgentId& agent, v1::Conversation& message) {
    message.set_contact_state(ToProto(contact.state));
    message.set_queue_id(contact.queue.str());
    message.set_number(contact.from_number);
    message.set_outbound(contact.outbound);
    const bool shows = contact.home->settings.shows_supervision;
    for (const Party& party : contact.parties) {
        const bool supervisor = party.kind == Party::Kind::kSupervisor;
        message.set_supervised(message.supervised() || (supervisor && party.up && shows));
        message.set_muted(message.muted() || (party.agent == agent && party.muted));
        if (!supervisor || shows) {
            Fill(party, *message.add_parties());
        }
    }
    if (contact.part) {
        message.set_owner_agent_id(contact.part->agent.str());
        message.set_held(contact.part->held_since.has_value());
        message.set_consulting(contact.part->consults);
        message.set_muted(message.muted() || (contact.part->agent == agent && contact.part->muted));
    }
}

Status Show(Switchboard& desk, const AgentId& id, v1::Conversation& message) {
    const auto agent = desk.router().agents().find(id);
    if (agent == desk.router().agents().end()) {
        return NoSuch("agent", id.str());
    }
    message.set_agent_id(id.str());
    message.set_agent_state(ToProto(agent->second.status.state));
    const auto contact = desk.router().contacts().find(agent->second.status.contact);
    if (contact == desk.router().contacts().end()) {
        return {};
    }
    message.set_contact_id(contact->first.str());
    Fill(contact->second, id, message);
    for (const auto& [key, value] : desk.DataOf(contact->first)) {
        if (!key.starts_with("acd.")) {
            (*message.mutable_data())[key] = value;
        }
    }
    return {};
}

}  // namespace

Result<Destination> TargetOf(const v1::CallTarget& target) {
    switch (target.target_case()) {
        case v1::CallTarget::kAgent:
            return Destination{Destination::Kind::kAgent, target.agent()};
        case v1::CallTarget::kQueue:
            return Destination{Destination::Kind::kQueue, target.queue()};
        case v1::CallTarget::kNumber:
            return Destination{Destination::Kind::kNumber, target.number()};
        case v1::CallTarget::kPhone:
            return Destination{Destination::Kind::kAgent, target.phone()};
        case v1::CallTarget::TARGET_NOT_SET:
            break;
    }
    return Error{Code::kInvalidArgument, "INVALID_TARGET", "name an agent, a queue, a number or a phone"};
}

grpc::Status ShowConversation(Desk& desk, const AgentId& agent, v1::Conversation& conversation) {
    const auto shown = desk.Ask([&](Switchboard& switchboard) { return Show(switchboard, agent, conversation); });
    return rpc::ToGrpc(shown.ok() ? *shown : Status(shown.error()));
}

}  // namespace trunkline::acd
