// The core of the ACD: who serves whom. Pure and single-threaded: the same events at the same times give the same
// decisions; it reads no clock, makes no random number and does no input or output.
//
// Its one invariant: no contact waits while an agent who may serve it is ready. So whoever arrives looks only at the
// head of what the other side has kept in order, and a decision costs the logarithm of what waits, never a scan.
#pragma once
#include <array>
#include <optional>
#include <string>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "acd/domain/caller_memory.hpp"
#include "acd/domain/decisions.hpp"
#include "acd/domain/events.hpp"
#include "acd/domain/random.hpp"
#include "acd/domain/rows.hpp"
#include "acd/domain/wake_ups.hpp"

namespace trunkline::acd {

class Router {
 public:
    using Agents = std::unordered_map<AgentId, Agent>;
    using Queues = std::unordered_map<QueueId, Queue>;
    using Contacts = std::unordered_map<ContactId, Contact>;
    using Callbacks = std::unordered_map<CallbackId, Callback>;

    // The seed is for strategies that leave it to chance.
    explicit Router(uint64_t seed = 1) : random_(seed) {
        // A table that grows moves every contact at once, which would be felt in the middle of a day.
        contacts_.reserve(kRoomForContacts);
        contacts_by_ticket_.reserve(kRoomForContacts);
    }

    // Takes one event that happened at `now`. An Error (FAILED_PRECONDITION, NOT_FOUND, ...) means that the event does
    // not fit and nothing has changed. Events may carry times slightly apart; facts get the time of their event.
    Result<Decisions> Apply(const Event& event, TimePoint now);
    // When to send the next Tick; may be early, never late. Nothing while routing is closed.
    std::optional<TimePoint> NextWakeUp() const { return closed_ ? std::nullopt : wake_ups_.Next(); }

    const Agents& agents() const { return agents_; }
    const Queues& queues() const { return queues_; }
    const Contacts& contacts() const { return contacts_; }
    const Reasons& reasons() const { return reasons_; }
    const Media& media() const { return media_; }
    // In which lanes the agent can take another contact now.
    Lanes OpenFor(const Agent& agent) const;
    const std::unordered_set<std::string>& do_not_call() const { return do_not_call_; }
    // With those done within the last hour.
    const Callbacks& callbacks() const { return callbacks_; }
    size_t OpenCallbacks() const { return open_callbacks_.size(); }
    // 1 is next; 0 when the contact does not wait.
    size_t PlaceOf(const Contact& contact) const;
    size_t CountOf(AgentState state) const { return counts_[static_cast<size_t>(state)]; }

 private:
    static constexpr size_t kRoomForContacts = 100'000;

    // One call of Apply.
    struct Turn {
        TimePoint now;
        Decisions out;

        void Do(Command command) { out.commands.push_back(std::move(command)); }
        template <class Body>
        void Tell(Body body) {
            out.facts.push_back({now, std::move(body)});
        }
    };
    // What a change of an agent's state says about itself.
    struct Cause {
        std::string reason;
        std::string set_by = "system";
        ContactId contact;
    };

    // Where a contact goes that leaves its queue, and by which rule.
    struct WayOut {
        QueueId queue;
        std::string target;
        std::string rule;
    };

    // router_settings.cpp
    Status On(const ReasonPut& event, Turn& turn);
    Status On(const ReasonDeleted& event, Turn& turn);
    Status On(const AgentPut& event, Turn& turn);
    Status On(const AgentDeleted& event, Turn& turn);
    Status On(const QueuePut& event, Turn& turn);
    Status On(const QueueDeleted& event, Turn& turn);
    void Rebuild(Queue& queue, Turn& turn);
    void JoinQueue(Agent& agent, Queue& queue, TimePoint now);
    void LeaveQueue(Agent& agent, Queue& queue);
    std::vector<Contact*> ClearRows(Queue& queue);
    Tier& TierOf(Row& row, Duration wait, TimePoint now);

    // router_media.cpp
    Status On(const MediumPut& event, Turn& turn);
    Status On(const MediumDeleted& event, Turn& turn);
    const Lane* LaneFor(const Contact& contact) const;
    Status CheckMedia(const QueueSettings& queue) const;
    void MakeRows(Queue& queue) const;
    void Measure(Agent& agent) const;
    void RenewLanes(Turn& turn);
    void Occupy(Agent& agent, Contact& contact, Turn& turn);
    void Vacate(Agent& agent, const Contact& contact);

    // router_tasks.cpp
    Status On(const TaskGiven& event, Turn& turn);
    Status On(const TaskMoved& event, Turn& turn);
    Status Ask(Agent& agent, const ask::Accept& what, Turn& turn);
    Status Ask(Agent& agent, const ask::Decline& what, Turn& turn);
    Status Ask(Agent& agent, const ask::Finish& what, Turn& turn);
    Status Ask(Agent& agent, const ask::Give& what, Turn& turn);
    Status CheckTask(const ContactArrived& event) const;
    Result<Contact*> TaskOf(const Agent& agent, const ContactId& id);
    static Offer* OfferTo(Contact& contact, const AgentId& agent);
    Status GiveTo(Contact& contact, const Destination& to, Turn& turn);
    void MissTask(Agent& agent, Contact& contact, LegEnd end, Turn& turn);
    void EndTaskPart(Contact& contact, const Part& part, std::string_view reason, Turn& turn);
    void EndTaskWrapUp(Contact& contact, bool timed_out, Turn& turn);
    void CloseTask(Contact& contact, const char* reason, Turn& turn);
    void ReturnTask(Contact& contact, const char* reason, Turn& turn);
    void ReleaseTasks(Agent& agent, bool all, Turn& turn);
    void AwaitAnswer(Contact& contact, Turn& turn);
    void RestoreTask(Contact& contact, Turn& turn);
    bool KeepsLogIn(const Agent& agent) const;
    void OnTaskWakeUp(Contact& contact, const WakeUp& due, Turn& turn);

    // router_agents.cpp
    Status On(const AgentLoggedIn& event, Turn& turn);
    Status On(const AgentLoggedOut& event, Turn& turn);
    Status On(const AgentStateRequested& event, Turn& turn);
    Status On(const WrapUpFinished& event, Turn& turn);
    Status On(const WrapUpExtended& event, Turn& turn);
    Status On(const AgentSeen& event, Turn& turn);
    Status On(const PhoneRegistrationChanged& event, Turn& turn);
    void CountMiss(Agent& agent, Miss miss, const QueueSettings& queue, Turn& turn);
    void LosePresence(Agent& agent, Turn& turn);
    void OnReadyAgain(Agent& agent, Turn& turn);
    bool Move(Agent& agent, AgentEvent event, const Cause& cause, Turn& turn);
    static void Count(AgentStatus& status, AgentEvent event, Duration lasted, TimePoint now);
    void SetState(Agent& agent, AgentState state);
    void BeginWrapUp(Agent& agent, const Contact& contact, Turn& turn);
    void EndWrapUp(Agent& agent, bool timed_out, Turn& turn);
    void GiveBack(Agent& agent, const ContactId& contact, Turn& turn);

    // router_contacts.cpp
    Status On(const ContactArrived& event, Turn& turn);
    Status On(const ContactPriorityChanged& event, Turn& turn);
    Status On(const ContactGone& event, Turn& turn);
    bool Move(Contact& contact, ContactEvent event, Turn& turn);
    void BeginSegment(Contact& contact, const QueueId& queue, Turn& turn);
    void EndSegment(const Contact& contact, Outcome outcome, const WayOut& way, Turn& turn);
    void Wait(Contact& contact, Turn& turn);
    void DismissParties(Contact& contact, Turn& turn);
    void Erase(const Contact& contact, Turn& turn);
    Row& RowFor(const Contact& contact) const;
    static Position PositionOf(Contact& contact);
    static void Take(Contact& contact, WaitingLine& line);
    void JoinLine(Contact& contact, TimePoint now);
    void LeaveLine(Contact& contact);
    void Climb(Contact& contact, Turn& turn);
    void Requeue(Contact& contact, const QueueId& queue, Turn& turn);
    void AnnouncePlace(Contact& contact, Turn& turn);
    void WatchWaiting(const Contact& contact);

    // router_overflow.cpp
    Status On(const QueueHoursChanged& event, Turn& turn);
    Status On(const KeyPressed& event, Turn& turn);
    QueueView ViewOf(const Queue& queue, size_t ready) const;
    bool CanFollow(const Contact& contact, const OverflowRule& rule) const;
    void SendOn(Contact& contact, const OverflowRule& rule, std::string_view why, Turn& turn);
    void Overflow(Contact& contact, Turn& turn);
    void WatchRules(Queue& queue, TimePoint now);
    void Sweep(Queue& queue, Turn& turn);

    // router_wanted.cpp
    void ChooseWanted(Contact& contact, const ContactArrived& event, TimePoint now);
    bool SeekWanted(Contact& contact, Turn& turn);
    void JoinOwnLine(Contact& contact, Agent& agent);
    void GiveUpWanted(Contact& contact, Turn& turn);
    void ReleaseOwnLine(Agent& agent, bool all, TimePoint now);

    // router_offers.cpp
    Status On(const LegRinging& event, Turn& turn);
    Status On(const LegAnswered& event, Turn& turn);
    Status On(const LegEnded& event, Turn& turn);
    void SeekAgent(Contact& contact, Turn& turn);
    void SeekContact(Agent& agent, Turn& turn);
    static const Position* HeadFor(const Membership& membership);
    static Contact* BestContactFor(const Agent& agent, Lanes open);
    static Offer* FindOffer(Contact& contact, const LegId& leg);
    void GiveUpAt(Offer& offer, const Contact& contact, TimePoint time);
    bool RingAgent(Contact& contact, Agent& agent, Offer& offer, Turn& turn);
    Duration OfferLimit(const Contact& contact) const;
    static AgentId NextAfter(const Contact& contact, const Agent& agent);
    void GiveUpOffers(Contact& contact, TimePoint due, Turn& turn);
    void RingRivals(Contact& contact, Turn& turn);
    void WithdrawRival(Contact& contact, const LegId& leg, Turn& turn);
    void Withdraw(Contact& contact, const Offer& offer, const char* reason, Turn& turn);
    void MakeOffer(Contact& contact, Agent& agent, Turn& turn);
    void EndOffer(Contact& contact, const LegId& leg, LegEnd end, Turn& turn);
    void List(Agent& agent);
    void Unlist(Agent& agent);

    // router_talk.cpp
    Status On(const Bridged& event, Turn& turn);
    Status On(const Held& event, Turn& turn);
    Status On(const Resumed& event, Turn& turn);
    Status On(const RecordingFailed& event, Turn& turn);
    void Connect(Contact& contact, Turn& turn);
    void Park(Contact& contact, Turn& turn);
    void TakeBack(Contact& contact, Turn& turn);
    void EndPart(Contact& contact, const char* reason, Turn& turn);
    void PartLegEnded(Contact& contact, LegEnd end, Turn& turn);
    void WantRecording(const Contact& contact, Turn& turn);

    // router_desk.cpp
    Status On(const AgentAsked& event, Turn& turn);
    Status Ask(Agent& agent, const ask::Hold& what, Turn& turn);
    Status Ask(Agent& agent, const ask::Transfer& what, Turn& turn);
    Status Ask(Agent& agent, const ask::Consult& what, Turn& turn);
    Status Ask(Agent& agent, const ask::Return& what, Turn& turn);
    Status Ask(Agent& agent, const ask::Swap& what, Turn& turn);
    Status Ask(Agent& agent, const ask::Complete& what, Turn& turn);
    Status Ask(Agent& agent, const ask::Join& what, Turn& turn);
    Status Ask(Agent& agent, const ask::Drop& what, Turn& turn);
    Status Ask(Agent& agent, const ask::Park& what, Turn& turn);
    Status Ask(Agent& agent, const ask::MoveTo& what, Turn& turn);
    Status Ask(Agent& agent, const ask::SendDigits& what, Turn& turn);
    Status Ask(Agent& agent, const ask::PauseRecording& what, Turn& turn);
    Status Ask(Agent& agent, const ask::Mute& what, Turn& turn);
    Status Ask(Agent& agent, const ask::HangUp& what, Turn& turn);
    Status Ask(Agent& agent, const ask::PickUp& what, Turn& turn);
    Result<Contact*> TalkOf(const Agent& agent);
    Result<Contact*> PlainTalkOf(const Agent& agent);
    Result<Agent*> ReadyAgent(const std::string& name);
    Result<Party*> ConsultedBy(const Agent& agent, bool up);
    Status TransferToNumber(Contact& contact, const std::string& number, Turn& turn);
    void LeaveCustomer(Contact& contact, Turn& turn);
    void ReturnToCustomer(Contact& contact, Turn& turn);
    void Recall(Contact& contact, TimePoint due, Turn& turn);

    // router_parties.cpp
    static Party* PartyOf(Contact& contact, const AgentId& agent);
    static void Rearrange(Contact& contact, Turn& turn);
    Status Invite(Contact& contact, Party party, const Destination& to, Turn& turn);
    Status RingParty(Contact& contact, Party& party, const std::string& name, Turn& turn);
    void PartyAnswered(Contact& contact, Party& party, Turn& turn);
    void Succeed(Contact& contact, const Party& heir, const char* reason, Turn& turn);
    void DropParty(Contact& contact, const LegId& leg, Turn& turn);
    static void DropSupervisors(Contact& contact, Turn& turn);
    void PartyEnded(Contact& contact, const Party& party, std::optional<LegEnd> end, Turn& turn);
    void ReleaseParty(const Contact& contact, const Party& gone, std::optional<LegEnd> end, Turn& turn);
    static void TellParty(const Contact& contact, const Party& party, const char* reason, Turn& turn);
    bool GoesOn(Contact& contact, Turn& turn);
    Status Seize(Agent& agent, const ContactId& contact, Turn& turn);
    void RingOwn(Contact& contact, Agent& agent, Turn& turn);

    // router_endpoints.cpp
    Status On(const OfferConfirmed& event, Turn& turn);
    void RingEndpoint(const Contact& contact, const Agent& agent, const Offer& offer, Turn& turn);
    bool RingNextEndpoint(Contact& contact, Offer& offer, LegEnd end, Turn& turn);
    bool Confirms(const Offer& offer);
    void OfferAnswered(Contact& contact, Offer& offer, Turn& turn);

    // router_dial_out.cpp
    Status Ask(Agent& agent, const ask::DialOut& what, Turn& turn);
    Status On(const CustomerAnswered& event, Turn& turn);
    void DialCustomer(Contact& contact, Turn& turn);
    void EndDialOut(Contact& contact, Turn& turn);

    // router_callbacks.cpp
    Status On(const CallbackHoursChanged& event, Turn& turn);
    Status On(const DoNotCallPut& event, Turn& turn);
    Status On(const DoNotCallDeleted& event, Turn& turn);
    Status On(const CallbackCancelled& event, Turn& turn);
    Status On(const CallbackRestored& event, Turn& turn);
    void Store(Callback& callback, Turn& turn);
    void BeginTry(Callback& callback, uint64_t ticket, Turn& turn);
    Contact& MakeTry(Callback& callback, uint64_t ticket);
    void EndTry(Contact& contact, const std::string& result, Turn& turn);
    void EndCallback(Callback& callback, const std::string& result, Turn& turn);
    void GiveUpCallback(Callback& callback, const std::string& result, Turn& turn);
    void LeaveTry(Contact& contact, const std::string& result, Turn& turn);
    Callback* CallbackOf(const QueueId& queue, const std::string& caller);
    void OnCallbackWakeUp(const WakeUp& due, Turn& turn);
    void JoinForCallback(Contact& contact, Turn& turn);
    static void Doze(Contact& contact);
    void Watch(Callback& callback);
    Callback* Find(const CallbackId& id);
    Callback* OpenCallbackOf(const Contact& contact);
    bool TakeTry(const ContactRestored& event, Turn& turn);

    // router_callback_talk.cpp
    Status On(const CallerKeyed& event, Turn& turn);
    Status On(const CallbackKeyed& event, Turn& turn);
    void OfferCallback(Contact& contact, const KeyPressed& event, Turn& turn);
    void TakeNumber(Contact& contact, const CallbackNumber& number, Turn& turn);
    void AcceptCallback(Contact& contact, const std::map<std::string, std::string>& data, Turn& turn);
    bool MayBeCalled(const CallbackNumber& number) const;
    void Reach(Contact& contact, Agent& agent, Offer& offer, Turn& turn);
    void DialBack(Contact& contact, Turn& turn);
    void CallbackAnswered(Contact& contact, Turn& turn);
    void ConfirmCallback(Contact& contact, Turn& turn);
    static bool RingsLater(const Contact& contact);
    bool StopsRinging(Contact& contact, Turn& turn);
    void MendTry(Contact& contact, const ContactRestored& seen, Turn& turn);

    // router_supervision.cpp
    Status On(const SupervisorAsked& event, Turn& turn);
    Status Supervise(const SupervisorAsked& event, Agent& agent, Turn& turn);
    Status ChangeSupervision(const SupervisorAsked& event, Contact& contact, Party* party, Turn& turn);
    Status TakeOver(Contact& contact, const Party& heir, Turn& turn);

    // router_transfer.cpp
    Status On(const TransferRequested& event, Turn& turn);
    void TransferToAgent(Contact& contact, Agent& target, Transfer transfer, Turn& turn);
    void TransferToQueue(Contact& contact, const QueueId& queue, bool by_phone, Turn& turn);
    void TransferFailed(Contact& contact, Turn& turn);
    void TellTransfer(const Contact& contact, bool completed, const AgentId& to_agent, Turn& turn);
    Agent* FindByPhone(const std::string& phone);

    // router_recovery.cpp
    Status On(const RoutingClosed& event, Turn& turn);
    Status On(const AgentRestored& event, Turn& turn);
    Status On(const ContactRestored& event, Turn& turn);
    Status On(const RoutingOpened& event, Turn& turn);
    bool IsWith(const Agent& agent);
    void Free(Agent& agent, Turn& turn);
    void Claim(const Contact& contact, const AgentId& agent, AgentState state, TimePoint since, Turn& turn);
    static std::vector<Offer*> OffersOf(Contact& contact);
    static void SetDeadlines(Contact& contact, TimePoint now);
    void Mend(Contact& contact, const ContactRestored& seen, Turn& turn);

    // router.cpp
    Status On(const Tick& event, Turn& turn);
    void OnWakeUp(const WakeUp& due, Turn& turn);
    void OnAgentWakeUp(const WakeUp& due, Turn& turn);
    void OnContactWakeUp(const WakeUp& due, Turn& turn);
    Agent* Find(const AgentId& id);
    Contact* Find(const ContactId& id);
    Queue* Find(const QueueId& id);
    static void Touch(const Contact& contact, Turn& turn) { turn.out.contacts.push_back(contact.id); }

    Agents agents_;
    Queues queues_;
    Contacts contacts_;
    std::unordered_map<std::string, AgentId> phones_;
    std::unordered_map<uint64_t, Agent*> agents_by_ticket_;
    std::unordered_map<uint64_t, Contact*> contacts_by_ticket_;
    std::unordered_map<uint64_t, Queue*> queues_by_ticket_;
    Reasons reasons_;
    Media media_;
    CallerMemory memory_;
    Callbacks callbacks_;
    std::unordered_map<std::string, CallbackId> open_callbacks_;  // by the key of the number
    std::unordered_map<uint64_t, CallbackId> callbacks_by_ticket_;
    std::unordered_set<std::string> do_not_call_;
    std::array<size_t, kAgentStates> counts_{};
    WakeUps wake_ups_;
    uint64_t tickets_ = 0;
    Random random_;
    bool closed_ = true;  // until RoutingOpened
};

// The further party on this leg, or the first of that kind; null when there is none.
Party* FindParty(Contact& contact, const LegId& leg);
Party* FindParty(Contact& contact, Party::Kind kind);
// FAILED_PRECONDITION with a reason word.
Error Refusal(const char* reason, const std::string& message);
// The words of an offer's end for the agent's state.
std::string AgentReason(LegEnd end);
Miss MissOf(LegEnd end);

// The error of an event about something that is not there.
Error NoSuch(const char* kind, const std::string& id);

}  // namespace trunkline::acd
