// The figures of queues. Every definition is in reports/definitions.md; the ids there name the fields here.
#pragma once
#include <cstdint>
#include <optional>
#include <set>
#include <string>

#include "clock/clock.hpp"

namespace trunkline::reporting {

enum class Outcome { kOpen = 0, kAnswered = 1, kAbandoned = 2, kFlowOut = 3, kSystemError = 4, kTest = 5 };

// One stay of a contact in one queue.
struct QueueSegment {
    std::string queue_id;
    Outcome outcome = Outcome::kOpen;
    Duration wait{};       // t_ans or t_out minus t_in; meaningless while open
    Duration threshold{};  // T of the service level at that time
    std::string medium{};
    TimePoint entered{};  // t_in
};

// An agent's part in a contact.
struct AgentSegment {
    std::string queue_id;
    Duration talk{};
    Duration hold{};
    std::optional<Duration> wrap_up;  // absent while it goes on
    std::string medium{};
    TimePoint began{};
    std::string contact_id{};
    std::string agent_id{};
    bool transferred = false;  // he gave the contact to somebody else, and it was taken
};

// Somebody who asked to be called back.
struct CallbackAsked {
    std::string queue_id;
    std::string result;  // empty while it is open
    Duration took{};     // from the wish to the end
};

// Counts and sums; ratios are made when shown, from sums (kpi conventions: never a mean of ratios).
struct Figures {
    uint64_t offered = 0;                 // N
    uint64_t answered = 0;                // A
    uint64_t answered_in_threshold = 0;   // A_T
    uint64_t short_abandoned = 0;         // B_s
    uint64_t abandoned_in_threshold = 0;  // B_T
    uint64_t abandoned_late = 0;          // B_L
    uint64_t flowed_out = 0;              // F
    uint64_t system_errors = 0;           // X
    uint64_t open = 0;                    // not ended, or wrap-up not over: the row is provisional
    Duration answered_wait{};
    Duration abandoned_wait{};  // of B_T and B_L
    uint64_t handled = 0;
    Duration talk{};
    Duration hold{};
    Duration wrap_up{};
    uint64_t handled_contacts = 0;
    uint64_t transferred_contacts = 0;  // of those
    uint64_t callbacks = 0;             // CB
    uint64_t callbacks_connected = 0;   // CB_C
    uint64_t callbacks_dropped = 0;     // CB_D: by the customer himself
    uint64_t callbacks_open = 0;        // CB_O
    Duration callback_time{};           // of CB_C

    // S: an abandon before this is short.
    static constexpr Duration kShortAbandon = std::chrono::seconds{5};

    void Count(const QueueSegment& segment);
    void Count(const AgentSegment& segment);
    void Count(const CallbackAsked& callback);

    // Absent when there is nothing to divide by.
    std::optional<double> ServiceLevel() const;          // SL.def
    std::optional<double> ServiceLevelIgnored() const;   // SL.ign
    std::optional<double> ServiceLevelPositive() const;  // SL.pos
    std::optional<double> ServiceLevelAnswered() const;  // SL.ans
    std::optional<double> ServiceLevelRaw() const;       // SL.raw
    std::optional<double> ConnectRate() const;           // CR
    std::optional<double> ConnectRateRaw() const;
    std::optional<double> AbandonRate() const;  // ABN
    std::optional<double> AbandonRateRaw() const;
    std::optional<double> AverageSpeedOfAnswer() const;  // ASA, seconds
    std::optional<double> AverageTimeToAbandon() const;  // ATA, seconds
    std::optional<double> AverageHandleTime() const;     // AHT, seconds
    std::optional<double> TransferRate() const;          // XFER
    std::optional<double> CallbackRate() const;          // CBR
    std::optional<double> AverageCallbackTime() const;   // ACB, seconds
};

// Counts segments of one row; contacts are counted once however many segments they have.
class Tally {
 public:
    void Count(const QueueSegment& segment) { figures_.Count(segment); }
    void Count(const AgentSegment& segment);
    void Count(const CallbackAsked& callback) { figures_.Count(callback); }
    Figures Result() const;

 private:
    Figures figures_;
    std::set<std::string> handled_;
    std::set<std::string> transferred_;
};

}  // namespace trunkline::reporting
