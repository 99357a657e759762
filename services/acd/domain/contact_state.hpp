// The states of a contact and the arrows between them.
//
//                      kOffered             kConnected               kTransferBegun
//        +-> WAITING -----------> OFFERED -------------> CONNECTED ------------------> TRANSFERRING
//        |    |  |  <------------                         |  ^  <---------------------  |  |
//        |    |  |   kOfferFailed                         |  |   kTransferred           |  |
//        +----+  |                                        |  |   kTransferReturned      |  |
//     kOverflowed|  <---------------- kRequeued ----------+--|--------------------------+  |
//                |                                           |                             |
//                +--------------------> DONE <---------------+-------- kGone --------------+
//                                        (from every state)
//
//   CONNECTED -- kParked --> PARKED             (an agent leaves it for another to pick up)
//   PARKED -- kTransferBegun --> TRANSFERRING   (somebody picks it up) -- kParked --> PARKED (and does not answer)
//   PARKED -- kRequeued --> WAITING             (nobody did in time)
#pragma once
#include <string_view>

#include "result/result.hpp"

namespace trunkline::acd {

enum class ContactState { kWaiting, kOffered, kConnected, kTransferring, kDone, kParked };

enum class ContactEvent {
    kOffered,
    kOfferFailed,
    kConnected,
    kTransferBegun,
    kTransferred,
    kTransferReturned,
    kRequeued,
    kOverflowed,
    kGone,
    kParked,
};

// The state after the event, or FAILED_PRECONDITION with reason ILLEGAL_CONTACT_EVENT when no arrow is drawn.
Result<ContactState> Apply(ContactState state, ContactEvent event);

// The words of attached data and messages: "WAITING" ...
std::string_view ToText(ContactState state);
Result<ContactState> ContactStateFromText(std::string_view text);
std::string_view ToText(ContactEvent event);

}  // namespace trunkline::acd
