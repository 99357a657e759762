// A caller who went away and is called back when his turn comes: what an operator sets for it, and how one stands.
#pragma once
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>

#include "acd/domain/ids.hpp"
#include "clock/clock.hpp"
#include "result/result.hpp"

namespace trunkline::acd {

// Named after the contact that asked for it.
using CallbackId = Id<struct CallbackTag>;

struct CallbackSettings {
    // The agent's phone is answered before the customer's rings; otherwise the agent is kept free meanwhile, and his
    // phone rings when the customer is there.
    bool agent_first = true;
    Duration ring_limit = std::chrono::seconds(30);  // of the customer's phone
    uint32_t tries = 3;
    Duration retry_after = std::chrono::minutes(10);
    Duration expires_after = std::chrono::hours(24);
    bool confirms = true;      // whoever answers presses 1, so that no mailbox takes an agent
    bool other_number = true;  // the caller may key in another number
    std::string greeting;      // spoken to whoever answers; empty: the built-in one of the queue's language
};

// INVALID_ARGUMENT naming the field, or success.
Status Validate(const CallbackSettings& settings);

// A number as it is dialled, and one text for all its spellings; without that text nobody can be called there.
struct CallbackNumber {
    std::string dial;
    std::string key;
};

// What a caller who asks to be called back is being asked, while he goes on waiting.
struct Asking {
    enum class Step { kConfirm, kNumber };
    Step step = Step::kConfirm;
    CallbackNumber number;
    uint32_t misses = 0;
};

struct Callback {
    enum class State { kOpen, kPaused, kDone };
    CallbackId id;
    CallbackNumber number;
    QueueId queue;
    State state = State::kOpen;
    std::string language;
    uint32_t priority = 0;
    TimePoint arrived{};  // first entry into any queue: his place
    TimePoint queued{};   // entry into this queue
    TimePoint asked{};
    TimePoint expires{};
    uint32_t contacts = 0;  // so many contacts have been made of it, one for each try
    uint32_t tries = 0;     // of those that count
    std::string last;       // how the last try ended
    TimePoint wakes{};      // of a paused one: the next try; of a done one: when it is forgotten
    std::string result;     // of a done one: CONNECTED, CANCELLED_BY_CUSTOMER, CANCELLED, CALLED_AGAIN, ABANDONED, ...
    uint64_t version = 0;   // counts its changes
    std::map<std::string, std::string> data;  // of the call that asked, for the agent
    // Set by the router, not stored.
    uint64_t ticket = 0;
    ContactId contact;  // that waits or is being called; empty while paused or done

    bool open() const { return state != State::kDone; }
};

// The part of a callback in the contact that is one try.
struct CallbackTry {
    CallbackId callback;
    uint32_t number = 0;
    bool dialled = false;    // the customer's phone
    bool answered = false;   // by somebody
    bool confirmed = false;  // it is the customer: from now on a contact like any other
};

inline ContactId ContactOfTry(const CallbackId& callback, uint32_t number) {
    return ContactId(DerivedId("callback/" + callback.str() + "/" + std::to_string(number)));
}

// Numbers that are never called; by their key.
inline constexpr size_t kMostCallbacks = 20'000;

}  // namespace trunkline::acd
