// The arrows of a contact's states.
#include "acd/domain/contact_state.hpp"

#include <array>
#include <string>

namespace trunkline::acd {
namespace {

struct Arrow {
    ContactState from;
    ContactEvent event;
    ContactState to;
};

using State = ContactState;
using Event = ContactEvent;

constexpr std::array kArrows{
    Arrow{State::kWaiting, Event::kOffered, State::kOffered},
    Arrow{State::kOffered, Event::kOfferFailed, State::kWaiting},
    Arrow{State::kOffered, Event::kConnected, State::kConnected},
    Arrow{State::kConnected, Event::kTransferBegun, State::kTransferring},
    Arrow{State::kTransferring, Event::kTransferred, State::kConnected},
    Arrow{State::kTransferring, Event::kTransferReturned, State::kConnected},
    Arrow{State::kConnected, Event::kRequeued, State::kWaiting},
    Arrow{State::kTransferring, Event::kRequeued, State::kWaiting},
    Arrow{State::kWaiting, Event::kOverflowed, State::kWaiting},
    Arrow{State::kWaiting, Event::kGone, State::kDone},
    Arrow{State::kOffered, Event::kGone, State::kDone},
    Arrow{State::kConnected, Event::kGone, State::kDone},
    Arrow{State::kTransferring, Event::kGone, State::kDone},
    Arrow{State::kConnected, Event::kParked, State::kParked},
    Arrow{State::kTransferring, Event::kParked, State::kParked},
    Arrow{State::kParked, Event::kTransferBegun, State::kTransferring},
    Arrow{State::kParked, Event::kRequeued, State::kWaiting},
    Arrow{State::kParked, Event::kGone, State::kDone},
};

constexpr std::array<std::string_view, 6> kStateTexts{"WAITING",      "OFFERED", "CONNECTED",
                                                      "TRANSFERRING", "DONE",    "PARKED"};
constexpr std::array<std::string_view, 10> kEventTexts{
    "OFFERED",           "OFFER_FAILED", "CONNECTED",  "TRANSFER_BEGUN", "TRANSFERRED",
    "TRANSFER_RETURNED", "REQUEUED",     "OVERFLOWED", "GONE",           "PARKED"};

}  // namespace

Result<ContactState> Apply(ContactState state, ContactEvent event) {
    for (const Arrow& arrow : kArrows) {
        if (arrow.from == state && arrow.event == event) {
            return arrow.to;
        }
    }
    return Error{Code::kFailedPrecondition, "ILLEGAL_CONTACT_EVENT",
                 "a contact that is " + std::string(ToText(state)) + " cannot take " + std::string(ToText(event))};
}

std::string_view ToText(ContactState state) { return kStateTexts[static_cast<size_t>(state)]; }

std::string_view ToText(ContactEvent event) { return kEventTexts[static_cast<size_t>(event)]; }

Result<ContactState> ContactStateFromText(std::string_view text) {
    for (size_t i = 0; i < kStateTexts.size(); ++i) {
        if (kStateTexts[i] == text) {
            return static_cast<ContactState>(i);
        }
    }
    return Error{Code::kInvalidArgument, "UNKNOWN_CONTACT_STATE", "'" + std::string(text) + "' is not a contact state"};
}

}  // namespace trunkline::acd
