// The desk between the router and the world: turns what happens on calls into the router's events and its decisions
// into orders, keeps with every call what an heir needs, and tells the facts. Everything runs on one owner thread.
#pragma once
#include <functional>
#include <string>
#include <vector>

#include "acd/app/call_book.hpp"
#include "acd/app/ports.hpp"
#include "acd/app/recovery.hpp"
#include "acd/domain/router.hpp"
#include "clock/clock.hpp"

namespace trunkline::acd {

class Switchboard {
 public:
    // The neighbours must outlive it.
    struct Ports {
        Clock& clock;
        TrunkLink& trunk;
        Facts& facts;
        PromptSource& prompts;
        Observer& observer;
    };
    // The seed is for strategies that leave it to chance.
    explicit Switchboard(const Ports& ports, uint64_t seed = 1) : ports_(ports), router_(seed) {}

    // Once, before the first call event.
    void Load(const Settings& settings);
    void OnCall(const calls::Event& event);
    // The link to the telephone side broke: nobody is offered to anybody until the next snapshot.
    void OnLinkDown();
    // What operators and agents ask for.
    Status Request(const Event& event);
    // A contact without a call, with what its owner attaches; one that is live already is left as it is.
    Status CreateTask(const ContactArrived& event, calls::Data data);
    // Call it at NextWakeUp and about once a second.
    void OnTime();
    std::optional<TimePoint> NextWakeUp() const { return router_.NextWakeUp(); }

    const Router& router() const { return router_; }
    // Attached data of a live contact; empty when there is none.
    calls::Data DataOf(const ContactId& contact);

 private:
    void On(const calls::Snapshot& body, const calls::Event& event);
    void On(const calls::Offered& body, const calls::Event& event);
    void On(const calls::LegRinging& body, const calls::Event& event);
    void On(const calls::LegAnswered& body, const calls::Event& event);
    void On(const calls::LegEnded& body, const calls::Event& event);
    void On(const calls::LegHeld& body, const calls::Event& event);
    void On(const calls::LegResumed& body, const calls::Event& event);
    void On(const calls::LegsBridged& body, const calls::Event& event);
    void On(const calls::PlayFinished& body, const calls::Event& event);
    void On(const calls::DigitPressed& body, const calls::Event& event);
    void On(const calls::DigitsCollected& body, const calls::Event& event);
    void On(const calls::TransferRequested& body, const calls::Event& event);
    void On(const calls::Ended& body, const calls::Event& event);
    void On(const calls::CommandFailed& body, const calls::Event& event);
    void On(const calls::PhoneRegistrationChanged& body, const calls::Event& event);

    void On(const AnswerContact& command, LiveCall& call);
    void On(const PlayMusic& command, LiveCall& call);
    void On(const Announce& command, LiveCall& call);
    void On(const Ring& command, LiveCall& call);
    void On(const DropLeg& command, LiveCall& call);
    void On(const Bridge& command, LiveCall& call);
    void On(const Unbridge& command, LiveCall& call);
    void On(const StartRecording& command, LiveCall& call);
    void On(const HangUp& command, LiveCall& call);
    void On(const SayGoodbye& command, LiveCall& call);
    void On(const HandBack& command, LiveCall& call);
    void On(const AnswerTransfer& command, LiveCall& call);
    void On(const ReportTransfer& command, LiveCall& call);
    void On(const PlayRinging& command, LiveCall& call);
    void On(const AskToConfirm& command, LiveCall& call);
    void On(const DialNumber& command, LiveCall& call);
    void On(const Originate& command, LiveCall& call);
    void On(const Arrange& command, LiveCall& call);
    void On(const SendDigits& command, LiveCall& call);
    void On(const PauseRecording& command, LiveCall& call);
    void On(const AskCustomer& command, LiveCall& call);
    void On(const RefuseCallback& command, LiveCall& call);

    // Gives the router an event of a live call; unknown calls are no longer ours.
    template <class Body>
    void Tell(const calls::Event& event, const Body& make);
    Status Run(const Event& event, TimePoint time);
    // A call of our own has no live call until it is begun here.
    void BeginOwnCalls(const Decisions& decisions);
    const QueueSettings& QueueOf(const ContactId& contact) const;
    void Carry(const Decisions& decisions);
    void TakeTasks(const Decisions& decisions, Batch& batch);
    void TakeStock(const calls::Snapshot& snapshot, TimePoint time);
    void TakePhones(const calls::Snapshot& snapshot, TimePoint time);
    // Tells the router which queues are open.
    void TellHours(TimePoint now);
    void TellCallbackHours(TimePoint now);
    static bool MayCallBack(const QueueSettings& queue, TimePoint now);
    static std::string LanguageOf(const Contact& contact);
    KeyPressed PressedBy(const LiveCall& call, char key) const;
    void TakeKeys(const LiveCall& call, const std::string& command_id, const std::string& digits, TimePoint time);
    void Ask(const AskCustomer& command, std::vector<std::string> prompt_ids);
    void Speak(const std::vector<std::string>& texts, const std::string& language,
               std::function<void(std::vector<std::string>)> done);
    void PlayAnnouncement(const ContactId& contact, const std::optional<std::string>& prompt_id);
    void AnswerCall(LiveCall& call);
    void Send(LiveCall& call, const char* word, decltype(calls::Order::action) action);

    Ports ports_;
    Router router_;
    CallBook book_;
    std::unordered_map<ContactId, calls::Data> task_data_;
    SteadyTime shown_{};
    SteadyTime hours_told_{};
};

}  // namespace trunkline::acd
