// Field by field.
#include "acd/adapters/media_messages.hpp"

#include <algorithm>

#include "acd/adapters/resource_messages.hpp"
#include "acd/adapters/times.hpp"

namespace trunkline::acd {
namespace {

constexpr size_t kMostEntries = 32;
constexpr size_t kLongestKey = 64;
constexpr size_t kLongestValue = 1024;
constexpr size_t kLongestText = 256;
constexpr Duration kAgentWait = std::chrono::seconds(30);

Error Invalid(const std::string& text) { return {Code::kInvalidArgument, "INVALID_TASK", text}; }

Status CheckData(const google::protobuf::Map<std::string, std::string>& data) {
    const bool fits = std::all_of(data.begin(), data.end(), [](const auto& entry) {
        return !entry.first.empty() && entry.first.size() <= kLongestKey && entry.second.size() <= kLongestValue;
    });
    if (!fits || data.size() > kMostEntries) {
        return Invalid("data may have at most 32 entries of 64 and 1024 bytes");
    }
    return {};
}

v1::AgentContact Describe(Switchboard& desk, const Contact& contact, const AgentId& agent) {
    v1::AgentContact message;
    *message.mutable_contact() = ToProto(contact, 0, desk.DataOf(contact.id));
    message.set_role("SERVE");
    if (contact.wrap_up) {
        message.set_role("WRAP_UP");
        *message.mutable_until_time() = ToProto(contact.wrap_up->ends);
    } else if (!contact.part || contact.part->agent != agent) {
        message.set_role("ACCEPT");
        message.set_rings_as(contact.lane->medium->rings_as);
        const auto offer = std::find_if(contact.rivals.begin(), contact.rivals.end(),
                                        [&](const Offer& rival) { return rival.agent == agent; });
        *message.mutable_until_time() =
            ToProto(offer == contact.rivals.end() ? contact.offer->given_up : offer->given_up);
    } else if (contact.answer_due != TimePoint{}) {
        *message.mutable_answer_due_time() = ToProto(contact.answer_due);
    }
    return message;
}

}  // namespace

Medium FromProto(const v1::Medium& message) {
    Medium medium;
    medium.word = message.medium();
    medium.title = message.title();
    medium.telephone = message.telephone();
    medium.slots = message.slots();
    medium.labels = {message.labels().begin(), message.labels().end()};
    medium.interrupted_by = {message.interrupted_by().begin(), message.interrupted_by().end()};
    medium.rings_as = message.rings_as();
    medium.auto_accept = message.auto_accept();
    medium.time_to_accept = message.has_time_to_accept() ? FromProto(message.time_to_accept()) : medium.time_to_accept;
    medium.wrap_up = FromProto(message.wrap_up_limit());
    medium.returns_when_away = message.returns_when_away();
    medium.answer_limit = FromProto(message.answer_limit());
    return medium;
}

v1::Medium ToProto(const Medium& medium) {
    v1::Medium message;
    message.set_medium(medium.word);
    message.set_title(medium.title);
    message.set_telephone(medium.telephone);
    message.set_slots(medium.slots);
    message.mutable_labels()->insert(medium.labels.begin(), medium.labels.end());
    message.mutable_interrupted_by()->insert(medium.interrupted_by.begin(), medium.interrupted_by.end());
    message.set_rings_as(medium.rings_as);
    message.set_auto_accept(medium.auto_accept);
    *message.mutable_time_to_accept() = ToProto(medium.time_to_accept);
    *message.mutable_wrap_up_limit() = ToProto(medium.wrap_up);
    message.set_returns_when_away(medium.returns_when_away);
    *message.mutable_answer_limit() = ToProto(medium.answer_limit);
    return message;
}

Result<ContactArrived> FromProto(const v1::CreateTaskRequest& message) {
    if (!message.contact_id().empty() && !IsWord(message.contact_id())) {
        return Invalid("contact_id must be a UUID, or empty for a new one");
    }
    if (message.reference_id().size() > kLongestText || message.from_address().size() > kLongestText) {
        return Invalid("reference_id and from_address may have at most 256 bytes");
    }
    if (message.priority() > kMostPriority) {
        return Invalid("priority must be at most 100");
    }
    const Duration wait = message.has_agent_wait() ? FromProto(message.agent_wait()) : kAgentWait;
    if (wait < Duration::zero() || wait > std::chrono::hours(24)) {
        return Invalid("agent_wait must be between 0 and 24 h");
    }
    if (const Status fits = CheckData(message.data()); !fits.ok()) {
        return fits.error();
    }
    ContactArrived arrived;
    arrived.contact = ContactId(message.contact_id());
    arrived.from_number = message.from_address();
    arrived.queue = QueueId(message.queue_id());
    arrived.priority = message.priority();
    arrived.answered = true;
    arrived.language = message.language();
    arrived.wanted = AgentId(message.agent_id());
    arrived.wanted_by = message.agent_id().empty() ? "" : "NAMED_AGENT";
    arrived.wanted_wait = wait;
    arrived.wait_for_away = message.agent_away_too();
    arrived.medium = message.medium();
    arrived.label = message.label();
    arrived.reference = message.reference_id();
    return arrived;
}

Status ShowAgentContacts(Switchboard& desk, const AgentId& id, v1::ListAgentContactsResponse& message) {
    const auto found = desk.router().agents().find(id);
    if (found == desk.router().agents().end()) {
        return NoSuch("agent", id.str());
    }
    const Agent& agent = found->second;
    const auto call = desk.router().contacts().find(agent.status.contact);
    if (HasContact(agent.status.state) && call != desk.router().contacts().end()) {
        v1::AgentContact& added = *message.add_contacts();
        *added.mutable_contact() = ToProto(call->second, 0, desk.DataOf(call->first));
        added.set_role(agent.status.state == AgentState::kReserved ? "ACCEPT" : "SERVE");
        added.set_rings_as(call->second.lane->medium->rings_as);
    }
    for (const Contact* task : agent.tasks) {
        *message.add_contacts() = Describe(desk, *task, id);
    }
    const Lanes open = desk.router().OpenFor(agent);
    for (const Lane& lane : desk.router().media().lanes()) {
        if (lane.label.empty()) {
            v1::MediumLoad& load = *message.add_loads();
            load.set_medium(lane.medium->word);
            load.set_slots(agent.room[lane.number]);
            load.set_open((open & lane.Bit()) != 0);
            for (const Lane& each : desk.router().media().lanes()) {
                load.set_contacts(load.contacts() + (each.medium == lane.medium ? agent.load[each.number] : 0U));
            }
        }
    }
    return {};
}

}  // namespace trunkline::acd
