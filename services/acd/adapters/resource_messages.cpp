// Field by field.
#include "acd/adapters/resource_messages.hpp"

#include <algorithm>

#include "acd/adapters/queue_messages.hpp"
#include "acd/adapters/state_messages.hpp"
#include "acd/adapters/times.hpp"

namespace trunkline::acd {
namespace {

Recording RecordingFrom(const std::string& word) {
    return word == "must" ? Recording::kMust : (word == "wish" ? Recording::kWish : Recording::kNever);
}

const char* ToText(Recording recording) {
    return recording == Recording::kMust ? "must" : (recording == Recording::kWish ? "wish" : "never");
}

Skills SkillsFrom(const google::protobuf::Map<std::string, uint32_t>& message) {
    return {message.begin(), message.end()};
}

// A duration that is not set leaves the default.
void Take(bool given, const google::protobuf::Duration& message, Duration& value) {
    if (given) {
        value = FromProto(message);
    }
}

}  // namespace

AgentSettings FromProto(const v1::Agent& message) {
    AgentSettings settings{AgentId(message.agent_id()), message.name(), message.phone(), SkillsFrom(message.skills())};
    for (const auto& [queue, profile] : message.queues()) {
        settings.profiles[QueueId(queue)] = {std::max(1U, profile.priority()), FromProto(profile.delay()),
                                             profile.order(), std::max(1U, profile.weight()), profile.excluded()};
    }
    for (const v1::Endpoint& endpoint : message.endpoints()) {
        settings.endpoints.push_back({endpoint.phone(), endpoint.number(), endpoint.confirms()});
    }
    for (const v1::Capacity& capacity : message.capacities()) {
        settings.capacities.push_back({capacity.medium(), capacity.label(), capacity.slots()});
    }
    return settings;
}

Reason FromProto(const v1::Reason& message) {
    return {message.reason(), message.title(), message.agent_may_set(), message.supervisor_may_set(),
            FromProto(message.limit())};
}

v1::Reason ToProto(const Reason& reason) {
    v1::Reason message;
    message.set_reason(reason.word);
    message.set_title(reason.title);
    message.set_agent_may_set(reason.agent);
    message.set_supervisor_may_set(reason.supervisor);
    *message.mutable_limit() = ToProto(reason.limit);
    return message;
}

QueueSettings FromProto(const v1::Queue& message) {
    QueueSettings queue;
    queue.id = QueueId(message.queue_id());
    queue.title = message.title();
    queue.required_skills = SkillsFrom(message.required_skills());
    queue.strategy = message.strategy().empty() ? queue.strategy : message.strategy();
    Take(message.has_ring_limit(), message.ring_limit(), queue.ring_limit);
    Take(message.has_wrap_up_limit(), message.wrap_up_limit(), queue.wrap_up_limit);
    Take(message.has_service_level_threshold(), message.service_level_threshold(), queue.service_level_threshold);
    Take(message.has_announcement_interval(), message.announcement_interval(), queue.announcement_interval);
    queue.announcement_text = message.announcement_text();
    queue.next_text = message.next_text();
    queue.language = message.language().empty() ? queue.language : message.language();
    queue.overflow_after = FromProto(message.overflow().after());
    queue.overflow_to = QueueId(message.overflow().to_queue());
    queue.recording = RecordingFrom(message.recording());
    queue.weight = message.weight();
    const bool group = !message.outbound_group().empty();
    queue.outbound = {group ? message.outbound_group() : message.outbound_trunk(), message.outbound_number(), group};
    queue.music = message.music_prompt_id();
    queue.record_private = message.record_private();
    queue.shows_supervision = !message.hides_supervision();
    queue.media = {message.media().begin(), message.media().end()};
    TakeRules(message, queue);
    return queue;
}

v1::Agent ToProto(const AgentSettings& settings) {
    v1::Agent message;
    message.set_agent_id(settings.id.str());
    message.set_name(settings.name);
    message.set_phone(settings.phone);
    message.mutable_skills()->insert(settings.skills.begin(), settings.skills.end());
    for (const auto& [queue, profile] : settings.profiles) {
        v1::QueueProfile& added = (*message.mutable_queues())[queue.str()];
        added.set_priority(profile.priority);
        *added.mutable_delay() = ToProto(profile.delay);
        added.set_order(profile.order);
        added.set_weight(profile.weight);
        added.set_excluded(profile.excluded);
    }
    for (const Endpoint& endpoint : settings.endpoints) {
        v1::Endpoint& added = *message.add_endpoints();
        added.set_phone(endpoint.phone);
        added.set_number(endpoint.number);
        added.set_confirms(endpoint.confirms);
    }
    for (const Capacity& capacity : settings.capacities) {
        v1::Capacity& added = *message.add_capacities();
        added.set_medium(capacity.medium);
        added.set_label(capacity.label);
        added.set_slots(capacity.slots);
    }
    return message;
}

v1::Queue ToProto(const QueueSettings& settings) {
    v1::Queue message;
    message.set_queue_id(settings.id.str());
    message.set_title(settings.title);
    message.mutable_required_skills()->insert(settings.required_skills.begin(), settings.required_skills.end());
    message.set_strategy(settings.strategy);
    *message.mutable_ring_limit() = ToProto(settings.ring_limit);
    *message.mutable_wrap_up_limit() = ToProto(settings.wrap_up_limit);
    *message.mutable_service_level_threshold() = ToProto(settings.service_level_threshold);
    *message.mutable_announcement_interval() = ToProto(settings.announcement_interval);
    message.set_announcement_text(settings.announcement_text);
    message.set_next_text(settings.next_text);
    message.set_language(settings.language);
    if (settings.overflow_after > Duration::zero()) {
        *message.mutable_overflow()->mutable_after() = ToProto(settings.overflow_after);
        message.mutable_overflow()->set_to_queue(settings.overflow_to.str());
    }
    message.set_recording(ToText(settings.recording));
    message.set_weight(settings.weight);
    if (settings.outbound.is_group) {
        message.set_outbound_group(settings.outbound.trunk);
    } else {
        message.set_outbound_trunk(settings.outbound.trunk);
    }
    message.set_outbound_number(settings.outbound.caller_number);
    message.set_music_prompt_id(settings.music);
    message.set_record_private(settings.record_private);
    message.set_hides_supervision(!settings.shows_supervision);
    message.mutable_media()->Assign(settings.media.begin(), settings.media.end());
    PutRules(settings, message);
    return message;
}

v1::Agent ToProto(const Agent& agent) {
    v1::Agent message = ToProto(agent.settings);
    const AgentStatus& status = agent.status;
    message.set_state(ToProto(status.state));
    message.set_state_reason(status.reason);
    if (status.since != TimePoint{}) {
        *message.mutable_state_time() = ToProto(status.since);
    }
    message.set_contact_id(status.contact.str());
    message.set_phone_registered(agent.phone_registered);
    if (status.next) {
        message.set_next_state(ToProto(status.next->state));
        message.set_next_state_reason(status.next->reason);
    }
    message.set_contacts_served(status.tally.contacts);
    *message.mutable_talk() = ToProto(status.tally.talk);
    *message.mutable_busy() = ToProto(status.tally.busy);
    message.set_state_set_by(status.set_by);
    if (status.state == AgentState::kWrapUp) {
        message.set_wrap_up_form_id(status.wrap_up_form);
        *message.mutable_wrap_up_end_time() = ToProto(status.wrap_up_ends);
    }
    return message;
}

v1::Queue ToProto(const Queue& queue, TimePoint now) {
    v1::Queue message = ToProto(queue.settings);
    message.set_waiting(static_cast<uint32_t>(queue.waiting));
    *message.mutable_longest_wait() = ToProto(now - queue.OldestArrival(now));
    message.set_ready_agents(static_cast<uint32_t>(queue.CountReady()));
    message.set_logged_in_agents(static_cast<uint32_t>(queue.logged_in));
    message.set_serving_agents(static_cast<uint32_t>(queue.serving));
    if (const auto wait = ExpectedWait(queue.waiting + 1, queue.serving, queue.handling)) {
        *message.mutable_expected_wait() = ToProto(queue.CountReady() > 0 ? Duration::zero() : *wait);
    }
    message.set_hours(queue.hours == Hours::kOpen ? "OPEN" : (queue.hours == Hours::kClosed ? "CLOSED" : "HOLIDAY"));
    return message;
}

v1::Contact ToProto(const Contact& contact, size_t place, const calls::Data& data) {
    v1::Contact message;
    message.set_contact_id(contact.id.str());
    message.set_call_id(contact.call.str());
    message.set_queue_id(contact.queue.str());
    message.set_state(ToProto(contact.state));
    message.set_priority(contact.priority);
    message.set_from_number(contact.from_number);
    *message.mutable_queued_time() = ToProto(contact.queued);
    if (contact.answered != TimePoint{}) {
        *message.mutable_answered_time() = ToProto(contact.answered);
    }
    if (contact.part) {
        message.set_agent_id(contact.part->agent.str());
    } else if (contact.offer) {
        message.set_agent_id(contact.offer->agent.str());
    }
    message.set_place(static_cast<uint32_t>(place));
    for (const auto& [key, value] : data) {
        if (!key.starts_with("acd.")) {
            (*message.mutable_data())[key] = value;
        }
    }
    message.set_segment_id(contact.segment_id.str());
    message.set_language(contact.language);
    message.set_medium(contact.lane->medium->word);
    message.set_label(contact.label);
    message.set_reference_id(contact.reference);
    if (contact.state == ContactState::kWaiting) {
        message.set_wanted_agent_id(contact.wanted.str());
        if (const auto wait = ExpectedWait(place, contact.home->serving, contact.home->handling)) {
            *message.mutable_expected_wait() = ToProto(*wait);
        }
    }
    return message;
}

v1::Explanation ToProto(const Explanation& explanation, const ContactId& contact) {
    v1::Explanation message;
    message.set_contact_id(contact.str());
    message.set_state(explanation.state);
    message.set_place(static_cast<uint32_t>(explanation.place));
    if (explanation.expected_wait) {
        *message.mutable_expected_wait() = ToProto(*explanation.expected_wait);
    }
    message.mutable_required_skills()->insert(explanation.required.begin(), explanation.required.end());
    if (explanation.next_ring) {
        *message.mutable_next_ring() = ToProto(*explanation.next_ring);
    }
    message.set_wanted_agent_id(explanation.wanted.str());
    for (const auto& [reason, count] : explanation.counts) {
        (*message.mutable_counts())[reason] = static_cast<uint32_t>(count);
    }
    for (const WhyNot& why : explanation.agents) {
        auto& added = *message.add_agents();
        added.set_agent_id(why.agent.str());
        added.set_reason(why.reason);
        added.set_detail(why.detail);
    }
    return message;
}

}  // namespace trunkline::acd
