// The attendant: sessions, and the way of events and commands between link and journey.
#include "ivr/app/attendant.hpp"

#include <algorithm>
#include <set>

#include "log/keys.hpp"
#include "log/log.hpp"

namespace trunkline::ivr {
namespace {

using namespace std::chrono_literals;

// A hand-over that is refused is refused at once; after this nobody waits for it.
constexpr auto kHandOverGrace = 60s;

template <class... Functions>
struct Overloaded : Functions... {
    using Functions::operator()...;
};
template <class... Functions>
Overloaded(Functions...) -> Overloaded<Functions...>;

std::string Value(const CallData& data, const std::string& key) {
    const auto entry = data.find(key);
    return entry == data.end() ? std::string() : entry->second;
}

CallState StateOf(const Call& call) {
    CallState state;
    for (const Leg& leg : call.legs) {
        if (leg.customer) {
            state.customer = leg.id;
            state.answered = leg.up;
        } else if (!leg.ended) {
            state.party = leg.id;
            state.party_bridged = leg.bridged;
        }
    }
    return state;
}

// What a flow knows about its caller from the beginning.
Progress FirstProgress(const Call& call) {
    Progress progress;
    SetVariable(progress.variables, "from_number", call.from_number);
    SetVariable(progress.variables, "to_number", call.to_number);
    const std::string language = Value(call.data, "language");
    if (language == "zh" || language == "en") progress.variables["language"] = language;
    // What a queue says when it sends the call to this flow.
    for (const char* key : {"queue_rule", "forward_number", "voicemail_box"}) {
        if (const std::string value = Value(call.data, key); !value.empty()) {
            SetVariable(progress.variables, key, value);
        }
    }
    return progress;
}

// Every item ready to be played; nothing when a text was not spoken yet.
std::optional<PlayPrompt> Resolve(const PlayPrompt& play, const LivePrompts& prompts) {
    PlayPrompt resolved = play;
    for (PromptItem& item : resolved.items) {
        if (const auto* text = std::get_if<Text>(&item)) {
            const auto prompt = prompts.Find(*text);
            if (!prompt) return std::nullopt;
            item = *prompt;
        }
    }
    return resolved;
}

// Nothing to say is not an error: the node goes on at once.
void DropEmptyTexts(PlayPrompt& play) {
    std::erase_if(play.items, [](const PromptItem& item) {
        const auto* text = std::get_if<Text>(&item);
        return text && text->empty();
    });
}

}  // namespace

void Attendant::OnSnapshot(const std::vector<Call>& live, const std::vector<Call>& ended) {
    std::set<CallId> seen;
    for (const Call& call : ended) FinishUnseen(call);
    for (const Call& call : live) {
        seen.insert(call.ref.call);
        const Session* known = Find(call.ref.call);
        // What this process remembers is newer than what the gateway was told before the link broke.
        Begin(call, known ? std::optional<Checkpoint>({known->flow, known->journey.progress()}) : FromData(call.data));
    }
    std::erase_if(sessions_, [&](const auto& entry) { return !seen.contains(entry.first); });
}

void Attendant::OnEvent(const CallId& call, const LinkEvent& event) {
    if (const auto* offered = std::get_if<CallOffered>(&event)) {
        ForgetHandedOver();
        Begin(offered->call, FromData(offered->call.data));
    } else if (std::holds_alternative<CallEnded>(event)) {
        Finish(call);
    } else if (Session* session = Find(call)) {
        OnLiveCall(*session, event);
    }
}

// Starts the flow that the number names, or goes on where the checkpoint says.
void Attendant::Begin(const Call& call, const std::optional<Checkpoint>& checkpoint) {
    const std::string name = checkpoint ? checkpoint->flow.name : Value(call.data, "flow");
    const auto page = checkpoint ? ports_.flows.Find(checkpoint->flow) : ports_.flows.Current(name);
    sessions_.erase(call.ref.call);
    if (!page) return Refuse(call, name, checkpoint ? "UNKNOWN_FLOW_VERSION" : "UNKNOWN_FLOW");
    Journey journey(page->flow, checkpoint ? checkpoint->progress : FirstProgress(call), StateOf(call), ports_.ids);
    Session& session =
        sessions_.try_emplace(call.ref.call, Session{call.ref, call.contact, page->stored.version, std::move(journey)})
            .first->second;
    session.saved = call.data;
    ports_.facts.Started(session.contact, session.flow, ports_.clock.Now());
    const std::string returned = Value(call.data, "queue_result");
    Outcome outcome;
    if (checkpoint && !returned.empty()) {
        ports_.link.SetData(session.ref, {{"queue_result", ""}});
        outcome = session.journey.OnEvent(CallReturned{returned}, ports_.clock.Now());
    }
    // A node that did not hand the call over has no use for its return.
    if (outcome.trace.empty()) outcome = session.journey.Begin(ports_.clock.Now());
    Apply(session, outcome);
}

void Attendant::Refuse(const Call& call, const std::string& flow, const std::string& reason) {
    log::Error("no flow for a call", {{log::kCallId, call.ref.call.str()}, {log::kName, flow}, {log::kReason, reason}});
    const Command command = StateOf(call).answered ? Command(HangUpCall{}) : Command(RejectCall{404});
    ports_.link.Send(call.ref, ports_.ids.New(), command);
    ports_.facts.Ended(call.contact, flow, 0, EndReason::kFailed, ports_.clock.Now());
}

void Attendant::OnLiveCall(Session& session, const LinkEvent& event) {
    std::visit(Overloaded{[&](const LegAnswered& answered) {
                              const bool customer = answered.leg == session.journey.call().customer;
                              Deliver(session, customer ? Event(ivr::CallAnswered{}) : PartyAnswered{answered.leg});
                          },
                          [&](const LegEnded& ended) {
                              // The end of the customer's leg ends the call, and that is told by CallEnded.
                              if (ended.leg != session.journey.call().customer) Deliver(session, PartyEnded{ended.leg});
                          },
                          [&](const LegsBridged& bridged) {
                              for (const LegId& leg : bridged.legs) {
                                  if (leg != session.journey.call().customer) Deliver(session, PartyBridged{leg});
                              }
                          },
                          [&](const PlayFinished& finished) {
                              DeliverPlay(session, finished.command_id,
                                          finished.failed ? Event(PlayFailed{}) : Played{});
                          },
                          [&](const DigitsCollected& collected) {
                              DeliverPlay(session, collected.command_id, KeysPressed{collected.digits});
                          },
                          [&](const CommandFailed& failed) { OnRefused(session, failed); }, [](const CallOffered&) {},
                          [](const CallEnded&) {}},
               event);
}

void Attendant::OnRefused(Session& session, const CommandFailed& failed) {
    if (failed.reason == "STALE_EPOCH" || failed.reason == "UNKNOWN_CALL") {
        // The call is no longer ours or no longer there.
        sessions_.erase(session.ref.call);
        return;
    }
    if (failed.command_id == session.play_id) {
        if (failed.reason == "PROMPT_MISSING" && !session.play_repeated) {
            session.play_repeated = true;
            return Prepare(session);
        }
        return DeliverPlay(session, failed.command_id, PlayFailed{});
    }
    const auto sent = session.sent.find(failed.command_id);
    if (sent == session.sent.end() || sent->second != session.journey.progress().step) return;
    log::Warning("command refused", {{log::kCallId, session.ref.call.str()}, {log::kReason, failed.reason}});
    session.handed_over = false;
    Deliver(session, CommandRefused{failed.reason});
}

void Attendant::Deliver(Session& session, const Event& event) {
    Apply(session, session.journey.OnEvent(event, ports_.clock.Now()));
}

void Attendant::DeliverPlay(Session& session, const std::string& command_id, const Event& event) {
    if (command_id != session.play_id) return;
    session.play_id.clear();
    Deliver(session, event);
}

void Attendant::Apply(Session& session, const Outcome& outcome) {
    Tell(session, outcome);
    Save(session);
    // Performing can end in Deliver, which may change or drop the session; then what is left is out of date.
    const CallId call = session.ref.call;
    const uint32_t step = session.journey.progress().step;
    for (const Command& command : outcome.commands) {
        Session* current = Find(call);
        if (!current || current->journey.progress().step != step) return;
        Perform(*current, command);
    }
}

void Attendant::Tell(const Session& session, const Outcome& outcome) {
    const TimePoint now = ports_.clock.Now();
    for (const auto& each : outcome.trace) {
        std::visit(
            Overloaded{[&](const NodeEntry& entry) { ports_.facts.Entered(session.contact, session.flow, entry, now); },
                       [&](const NodeExit& exit) { ports_.facts.Left(session.contact, exit, now); }},
            each);
    }
    if (!outcome.failure.empty()) {
        log::Error(
            "flow failed",
            {{log::kCallId, session.ref.call.str()}, {log::kName, session.flow.name}, {log::kReason, outcome.failure}});
    }
    if (outcome.ended) {
        ports_.facts.Ended(session.contact, session.flow.name, session.journey.progress().step, *outcome.ended, now);
    }
}

// Tells the gateway what changed of the place in the flow.
void Attendant::Save(Session& session) {
    CallData changed;
    for (const auto& [key, value] : ToData({session.flow, session.journey.progress()})) {
        std::string& saved = session.saved[key];
        if (saved != value) changed[key] = saved = value;
    }
    if (!changed.empty()) ports_.link.SetData(session.ref, changed);
}

void Attendant::Perform(Session& session, const Command& command) {
    if (const auto* play = std::get_if<PlayPrompt>(&command)) {
        session.play = *play;
        DropEmptyTexts(session.play);
        session.play_repeated = false;
        return Play(session);
    }
    if (const auto* look_up = std::get_if<LookUpCaller>(&command)) return LookUp(session, look_up->number);
    const std::string id = ports_.ids.New();
    // Hanging up what is gone already is no failure of the node.
    if (!std::holds_alternative<HangUpParty>(command)) session.sent[id] = session.journey.progress().step;
    if (std::holds_alternative<HandOverCall>(command)) {
        session.handed_over = true;
        session.handed_over_at = ports_.clock.SteadyNow();
    }
    ports_.link.Send(session.ref, id, command);
}

void Attendant::Play(Session& session) {
    session.play_id = ports_.ids.New();
    if (session.play.items.empty() && !session.play.keys) return DeliverPlay(session, session.play_id, Played{});
    if (const auto resolved = Resolve(session.play, ports_.prompts)) {
        ports_.link.Send(session.ref, session.play_id, *resolved);
    } else {
        Prepare(session);
    }
}

void Attendant::Prepare(Session& session) {
    const CallId call = session.ref.call;
    // Everything that happened meanwhile (the caller hung up, another prompt) has changed the id.
    const std::string id = session.play_id;
    ports_.prompts.Prepare(session.play.items, [this, call, id](bool prepared) {
        Session* session_now = Find(call);
        if (!session_now || session_now->play_id != id) return;
        const auto resolved = prepared ? Resolve(session_now->play, ports_.prompts) : std::nullopt;
        if (!resolved) return DeliverPlay(*session_now, id, PlayFailed{});
        session_now->play_id = ports_.ids.New();
        ports_.link.Send(session_now->ref, session_now->play_id, *resolved);
    });
}

void Attendant::LookUp(Session& session, const std::string& number) {
    const CallId call = session.ref.call;
    const std::string id = session.look_up_id = ports_.ids.New();
    ports_.callers.LookUp(number, [this, call, id](std::optional<CallerFacts> facts) {
        Session* session_now = Find(call);
        if (!session_now || session_now->look_up_id != id) return;
        session_now->look_up_id.clear();
        Deliver(*session_now, CallerLookedUp{std::move(facts)});
    });
}

void Attendant::Finish(const CallId& call) {
    Session* session = Find(call);
    if (!session) return;
    Tell(*session, session->journey.OnCallEnded());
    sessions_.erase(call);
}

// A call that ended while there was no link.
void Attendant::FinishUnseen(const Call& call) {
    if (Find(call.ref.call)) return Finish(call.ref.call);
    const auto checkpoint = FromData(call.data);
    if (!checkpoint) return;
    const auto& [node, step, variables] = checkpoint->progress;
    const TimePoint now = ports_.clock.Now();
    ports_.facts.Left(call.contact, {node, step, "hung up"}, now);
    ports_.facts.Ended(call.contact, checkpoint->flow.name, step, EndReason::kCallerHungUp, now);
}

void Attendant::ForgetHandedOver() {
    const SteadyTime now = ports_.clock.SteadyNow();
    std::erase_if(sessions_, [&](const auto& entry) {
        return entry.second.handed_over && now - entry.second.handed_over_at > kHandOverGrace;
    });
}

Attendant::Session* Attendant::Find(const CallId& call) {
    const auto found = sessions_.find(call);
    return found == sessions_.end() ? nullptr : &found->second;
}

}  // namespace trunkline::ivr
