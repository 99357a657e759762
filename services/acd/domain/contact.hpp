// One customer's matter on its way through the router. Everything here is kept with the live call, so that a router
// that starts again goes on where the old one stood.
#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "acd/domain/callback.hpp"
#include "acd/domain/contact_state.hpp"
#include "acd/domain/ids.hpp"
#include "acd/domain/media.hpp"
#include "acd/domain/party.hpp"
#include "acd/domain/waiting_line.hpp"
#include "clock/clock.hpp"

namespace trunkline::acd {

// An agent's phone is ringing for the contact.
struct Offer {
    AgentId agent;
    LegId leg;
    uint32_t attempt = 0;
    TimePoint since{};
    bool answered = false;  // picked up; audio is being connected
    TimePoint given_up{};   // when the router stops waiting for the telephone side to say how it ended
    uint32_t endpoint = 0;  // which of the agent's rings
};

// An agent has the contact, or a number outside that it was transferred to (then `agent` is empty).
struct Part {
    AgentId agent;
    LegId leg;
    uint32_t number = 0;  // 1, 2 ... within the contact
    TimePoint start{};
    Duration hold{};                      // finished holds
    std::optional<TimePoint> held_since;  // the customer hears music
    bool phone_held = false;              // by the agent's phone, so a failed transfer does not connect it again
    bool muted = false;
    bool consults = false;  // talks with the consulted party instead of the customer
};

// The agent wants to give the contact to somebody else.
struct Transfer {
    std::string target;
    AgentId from_agent;
    LegId from_leg;
    uint32_t part = 0;     // number of the part that asked
    uint32_t number = 0;   // counts the transfers of the contact
    bool by_phone = true;  // asked for by REFER, so the phone is told how it went
    bool attended = false;
};

// An agent is not done with a contact that is closed. Only of contacts without a call: who wraps up a call does nothing
// else with it, and his own status says so.
struct WrapUp {
    AgentId agent;
    uint32_t part = 0;
    TimePoint handled_since{};
    TimePoint began{};
    TimePoint ends{};
};

struct Queue;
struct Row;
struct Tier;

struct Contact {
    ContactId id;
    CallId call;              // empty: there is no call, such as for a letter
    std::string from_number;  // or the customer's address
    std::string medium;       // of one without a call
    std::string label;
    std::string reference;  // what it is for the service that made it
    std::string language;
    std::string wanted_by;     // NAMED_AGENT, ACCOUNT_MANAGER, LAST_AGENT
    AgentId wanted;            // the agent he waits for
    TimePoint wanted_until{};  // then he waits for anybody
    bool wait_for_away = false;
    uint32_t hops = 0;     // overflows from queue to queue
    bool leaving = false;  // done here, hears a last announcement
    uint32_t priority = 0;
    ContactState state = ContactState::kWaiting;
    QueueId queue;
    TimePoint arrived{};   // first entry into any queue: decides his place everywhere
    TimePoint queued{};    // entry into this queue
    TimePoint answered{};  // two-way audio with the first agent of this segment
    SegmentId segment_id;
    uint32_t segment = 0;  // counts the queue segments
    uint32_t attempt = 0;  // counts the offers of this segment
    uint32_t parts = 0;    // counts the agents' parts
    uint32_t transfers = 0;
    std::optional<Offer> offer;
    std::vector<Offer> rivals;  // other phones that ring at the same time; the first to answer becomes the offer
    std::optional<Part> part;
    std::optional<Transfer> transfer;
    std::vector<Party> parties;           // further ones in the conversation, in the order of their invitation
    uint32_t invitations = 0;             // counts them
    bool outbound = false;                // an agent dialled out; it never was in a queue
    std::optional<CallbackTry> callback;  // the contact is a try to call somebody back
    std::optional<Asking> asking;         // he is asked where to call him back
    AgentId parked_by;
    TimePoint recall{};  // when a parked contact goes back to its queue
    std::optional<WrapUp> wrap_up;
    AgentId last_agent;         // of one without a call: who had it last
    TimePoint first_arrived{};  // of one without a call: when it was made
    TimePoint answer_due{};     // when the agent has left the customer alone for too long; zero: never
    // Set by the router, not kept with the call.
    const Lane* lane = nullptr;
    bool dozes = false;             // waits without standing in a line, because nobody may be called now
    uint64_t ticket = 0;            // settles the order of equal arrival times
    TimePoint overflows{};          // zero: not
    TimePoint next_announcement{};  // zero: none
    Position position;              // in the line
    Queue* home = nullptr;          // the queue
    WaitingLine* line = nullptr;    // in a tier of the queue, or an agent's own
    Row* row = nullptr;
    Tier* tier = nullptr;
    TimePoint climbs{};  // to the next tier; zero: there is none
    size_t told_place = 0;
    Duration told_wait{-1};  // negative: not told

    bool IsCall() const { return callback || !call.empty(); }
    // A callback whose customer is not on the line yet.
    bool CallsBack() const { return callback && !callback->confirmed; }
};

}  // namespace trunkline::acd
