// One live call: takes commands and what happens, gives back what has to be done. No I/O, no clock, one thread.
#pragma once
#include <string>
#include <unordered_map>

#include "trunk/domain/command.hpp"
#include "trunk/domain/digit_collector.hpp"
#include "trunk/domain/effect.hpp"
#include "trunk/domain/input.hpp"

namespace trunkline::trunk {

// A conference of eight, supervisors who listen, and whoever is being rung.
inline constexpr size_t kMaxLiveLegs = 16;
inline constexpr size_t kMaxKeptLegs = 64;  // ended ones above it are forgotten, the oldest first

class LiveCall {
 public:
    explicit LiveCall(Call call);

    // The call arrived: what to tell first.
    Effects Start();
    // Carries out a command of the owner; a refusal is told as CommandFailed.
    Effects Do(const Command& command, TimePoint now);
    Effects On(const Input& happened, TimePoint now);

    const Call& call() const { return call_; }
    bool HasEnded() const { return call_.ended.has_value(); }
    // When the customer was last left without a partner; the grace of an absent application counts from here.
    TimePoint alone_since() const { return alone_since_; }

 private:
    // What a leg hears from us and what it is asked for.
    struct Audio {
        std::string play_id;
        std::string command_id;
        bool is_prompt_running = false;
        bool barge_in = false;
        bool was_barged = false;
        std::optional<DigitCollector> collector;
    };
    // One command or input with what comes of it.
    struct Step {
        TimePoint now;
        std::string command_id;
        Effects effects;

        void Add(Effect effect) { effects.push_back(std::move(effect)); }
        void Tell(Event event) { effects.emplace_back(effect::Tell{std::move(event)}); }
    };

    // ---- commands: live_call_commands.cpp ----
    Status Run(Step& step, const action::Answer& action);
    Status Run(Step& step, const action::Reject& action);
    Status Run(Step& step, const action::Play& action);
    Status Run(Step& step, const action::StopPlay& action);
    Status Run(Step& step, const action::Dial& action);
    Status Run(Step& step, const action::HangUpLeg& action);
    Status Run(Step& step, const action::Bridge& action);
    Status Run(Step& step, const action::Unbridge& action);
    Status Run(Step& step, const action::HoldLeg& action);
    Status Run(Step& step, const action::ResumeLeg& action);
    Status Run(Step& step, const action::SendDigits& action);
    Status Run(Step& step, const action::SetData& action);
    Status Run(Step& step, const action::HandOver& action);
    Status Run(Step& step, const action::StartRecording& action);
    Status Run(Step& step, const action::PauseRecording& action);
    Status Run(Step& step, const action::StopRecording& action);
    Status Run(Step& step, const action::AnswerTransfer& action);
    Status Run(Step& step, const action::ReportTransfer& action);
    Status Run(Step& step, const action::HangUp& action);
    Status Run(Step& step, const action::Originate& action);
    Status CheckBridge(const action::Bridge& action) const;
    Status CheckOwner(const Command& command) const;
    // The leg of a command; an empty id is the customer's. UNKNOWN_LEG, or WRONG_STATE unless it is up.
    Result<Leg*> UpLeg(const LegId& leg);

    // ---- what happens: live_call_inputs.cpp ----
    void Take(Step& step, const input::LegDialled& happened);
    void Take(Step& step, const input::LegRang& happened);
    void Take(Step& step, const input::LegAnswered& happened);
    void Take(Step& step, const input::LegEnded& happened);
    void Take(Step& step, const input::PeerHeld& happened);
    void Take(Step& step, const input::TransferAsked& happened);
    void Take(Step& step, const input::PlayDone& happened);
    void Take(Step& step, const input::DigitKeyed& happened);
    void Take(Step& step, const input::DigitTimeout& happened);
    void Take(Step& step, const input::MediaLost& happened);
    void Take(Step& step, const input::RecordingStarted& happened);
    void Take(Step& step, const input::EffectFailed& happened);
    void Take(Step& step, const input::Abandoned& happened);
    void Take(Step& step, const input::ForcedEnd& happened);

    // ---- parts of both: live_call.cpp ----
    // Ends prompt and collection of a leg; `told` says PlayFinished with STOPPED.
    void Silence(Step& step, Leg& leg, bool told);
    void FinishCollect(Step& step, Leg& leg, CollectResult result);
    void SetBridged(Step& step, Leg& leg, bool bridged);
    void SetRecorded(Step& step, Leg& leg, bool recorded);
    bool Hears(const LegId& listener, const LegId& speaker) const;
    // A bridge of one is none.
    void SettleBridge(Step& step);
    void EndLeg(Step& step, Leg& leg, const EndCause& cause, bool by_peer);
    void EndCall(Step& step, const EndCause& cause, bool by_peer);
    void ForgetOldLegs();

    Call call_;
    std::unordered_map<LegId, Audio> audio_;
    TimePoint alone_since_;
    bool is_recording_required_ = false;
    std::vector<Hearing> hearing_;  // of the bridge; empty: everybody hears all others
    bool has_holes_ = false;        // the media side has a matrix
    uint64_t positions_ = 0;
};

}  // namespace trunkline::trunk
