// What the desk needs from outside. All of it is called on the owner thread and must not block.
#pragma once
#include <functional>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "acd/app/calls.hpp"
#include "acd/domain/router.hpp"

namespace trunkline::acd {

// The way to the telephone side.
class TrunkLink {
 public:
    virtual ~TrunkLink() = default;
    // Orders arrive in this sequence or, when the link is down, not at all.
    virtual void Send(calls::Order order) = 0;
    // What was sent may leave now; called after each turn of the owner thread.
    virtual void Flush() {}
};

// A contact without a call, with what its owner attached. No call carries it, so it is stored.
struct Task {
    Contact contact;
    calls::Data data;
};

// What belongs together.
struct Batch {
    std::vector<Fact> facts;
    std::vector<std::pair<AgentId, AgentStatus>> agents;
    std::vector<Task> tasks;            // that have changed
    std::vector<ContactId> gone_tasks;  // that are no more
    std::vector<Callback> callbacks{};
    std::vector<CallbackId> forgotten_callbacks{};
};

// Where facts are told and kept.
class Facts {
 public:
    virtual ~Facts() = default;
    // Written as one; telling a fact again is harmless.
    virtual void Store(Batch batch) = 0;
    // A fact as text that Retell understands, to be kept with the call until it is surely stored.
    virtual std::string Pack(const Fact& fact) const = 0;
    virtual void Retell(const std::string& packed) = 0;
};

// Speaks announcements.
class PromptSource {
 public:
    virtual ~PromptSource() = default;
    using Done = std::function<void(std::optional<std::string> prompt_id)>;
    // `done` is called on the owner thread, at once or later; nothing when the text cannot be spoken now.
    virtual void Render(const std::string& text, const std::string& language, Done done) = 0;
    // The telephone side has lost a prompt: make them anew.
    virtual void Forget() = 0;
};

// Figures for operators.
class Observer {
 public:
    virtual ~Observer() = default;
    virtual void OnDecided(Duration took) = 0;
    virtual void OnFact(const Fact& fact) = 0;
    virtual void OnIllegal(const std::string& reason) = 0;
    virtual void OnLink(bool up) = 0;
    // How things stand, about once a second.
    virtual void OnState(const Router& router) = 0;
};

// What operators have set, and how the agents stood; called on worker threads, may block.
struct Settings {
    std::vector<QueueSettings> queues;
    std::vector<AgentSettings> agents;
    std::vector<std::pair<AgentId, AgentStatus>> statuses;
    std::vector<Reason> reasons;
    std::vector<Medium> media;
    std::vector<Task> tasks;
    std::vector<Callback> callbacks;
    std::vector<std::string> do_not_call;  // keys of numbers
};
class SettingsStore {
 public:
    virtual ~SettingsStore() = default;
    virtual Result<Settings> Load() = 0;
    virtual Status SaveAgent(const AgentSettings& agent) = 0;
    virtual Status DeleteAgent(const AgentId& agent) = 0;
    virtual Status SaveQueue(const QueueSettings& queue) = 0;
    virtual Status DeleteQueue(const QueueId& queue) = 0;
    virtual Status SaveReason(const Reason& reason) = 0;
    virtual Status DeleteReason(const std::string& word) = 0;
    virtual Status SaveMedium(const Medium& medium) = 0;
    virtual Status DeleteMedium(const std::string& word) = 0;
    virtual Status SaveDoNotCall(const std::string& key) = 0;
    virtual Status DeleteDoNotCall(const std::string& key) = 0;
};

}  // namespace trunkline::acd
