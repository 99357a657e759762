// Serves every caller of self service: carries events of the trunk gateway into journeys and their commands back.
#pragma once
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "ivr/app/checkpoint.hpp"
#include "ivr/app/flow_book.hpp"
#include "ivr/app/link_event.hpp"

namespace trunkline::ivr {

// One owner thread. Never blocks.
class Attendant {
 public:
    struct Ports {
        TrunkLink& link;
        LivePrompts& prompts;
        Callers& callers;
        FlowFacts& facts;
        const FlowBook& flows;
        const Clock& clock;
        IdGenerator& ids;
    };

    explicit Attendant(Ports ports) : ports_(ports) {}

    // A new link: `live` are our calls, `ended` those that ended while there was no link. Every live caller goes on at
    // the node where he was; what it says is said again.
    void OnSnapshot(const std::vector<Call>& live, const std::vector<Call>& ended);
    void OnEvent(const CallId& call, const LinkEvent& event);

    size_t calls() const { return sessions_.size(); }

 private:
    // One call. Commands that are no prompt are remembered with the step that sent them, so that a refusal reaches the
    // node it is meant for.
    struct Session {
        CallRef ref;
        ContactId contact;
        FlowVersion flow;
        Journey journey;
        PlayPrompt play{};  // asked for last
        std::string play_id{};
        bool play_repeated = false;
        std::string look_up_id{};  // asked for last
        std::map<std::string, uint32_t> sent{};
        CallData saved{};
        bool handed_over = false;
        SteadyTime handed_over_at{};
    };

    void Begin(const Call& call, const std::optional<Checkpoint>& checkpoint);
    void Refuse(const Call& call, const std::string& flow, const std::string& reason);
    void OnLiveCall(Session& session, const LinkEvent& event);
    void OnRefused(Session& session, const CommandFailed& failed);
    void Deliver(Session& session, const Event& event);
    void DeliverPlay(Session& session, const std::string& command_id, const Event& event);
    void Apply(Session& session, const Outcome& outcome);
    void Tell(const Session& session, const Outcome& outcome);
    void Save(Session& session);
    void Perform(Session& session, const Command& command);
    void Play(Session& session);
    void Prepare(Session& session);
    void LookUp(Session& session, const std::string& number);
    void Finish(const CallId& call);
    void FinishUnseen(const Call& call);
    void ForgetHandedOver();
    Session* Find(const CallId& call);

    Ports ports_;
    std::map<CallId, Session> sessions_;
};

}  // namespace trunkline::ivr
