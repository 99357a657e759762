// Field by field.
#include "acd/adapters/resource_messages.hpp"

#include <algorithm>

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
    return {AgentId(message.agent_id()), message.name(), message.phone(), SkillsFrom(message.skills())};
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
    queue.outbound = {message.outbound_trunk(), message.outbound_number()};
    queue.music = message.music_prompt_id();
    queue.record_private = message.record_private();
    queue.shows_supervision = !message.hides_supervision();
    return queue;
}

v1::Agent ToProto(const AgentSettings& settings) {
    v1::Agent message;
    message.set_agent_id(settings.id.str());
    message.set_name(settings.name);
    message.set_phone(settings.phone);
    message.mutable_skills()->insert(settings.skills.begin(), settings.skills.end());
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
    message.set_outbound_trunk(settings.outbound.trunk);
    message.set_outbound_number(settings.outbound.caller_number);
    message.set_music_prompt_id(settings.music);
    message.set_record_private(settings.record_private);
    message.set_hides_supervision(!settings.shows_supervision);
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
    return message;
}

v1::Queue ToProto(const Queue& queue, TimePoint now) {
    v1::Queue message = ToProto(queue.settings);
    message.set_waiting(static_cast<uint32_t>(queue.waiting));
    *message.mutable_longest_wait() = ToProto(now - queue.OldestArrival(now));
    message.set_ready_agents(static_cast<uint32_t>(queue.ready));
    message.set_logged_in_agents(static_cast<uint32_t>(queue.logged_in));
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
    return message;
}

}  // namespace trunkline::acd
