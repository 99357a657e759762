// Every arrow of the contact's states, and that there are no others.
#include "acd/domain/contact_state.hpp"

#include <catch2/catch.hpp>
#include <map>
#include <utility>

namespace trunkline::acd {
namespace {

using State = ContactState;
using Event = ContactEvent;

const std::map<std::pair<State, Event>, State> kDrawn{
    {{State::kWaiting, Event::kOffered}, State::kOffered},
    {{State::kOffered, Event::kOfferFailed}, State::kWaiting},
    {{State::kOffered, Event::kConnected}, State::kConnected},
    {{State::kConnected, Event::kTransferBegun}, State::kTransferring},
    {{State::kTransferring, Event::kTransferred}, State::kConnected},
    {{State::kTransferring, Event::kTransferReturned}, State::kConnected},
    {{State::kConnected, Event::kRequeued}, State::kWaiting},
    {{State::kTransferring, Event::kRequeued}, State::kWaiting},
    {{State::kWaiting, Event::kOverflowed}, State::kWaiting},
    {{State::kWaiting, Event::kGone}, State::kDone},
    {{State::kOffered, Event::kGone}, State::kDone},
    {{State::kConnected, Event::kGone}, State::kDone},
    {{State::kTransferring, Event::kGone}, State::kDone},
};

}  // namespace

TEST_CASE("contact state: every drawn arrow leads where it is drawn", "[acd][state]") {
    for (const auto& [arrow, to] : kDrawn) {
        CAPTURE(ToText(arrow.first), ToText(arrow.second));
        const auto next = Apply(arrow.first, arrow.second);
        REQUIRE(next.ok());
        CHECK(*next == to);
    }
}

TEST_CASE("contact state: an arrow that is not drawn is an error that names both", "[acd][state]") {
    for (int state = 0; state <= static_cast<int>(State::kDone); ++state) {
        for (int event = 0; event <= static_cast<int>(Event::kGone); ++event) {
            const std::pair arrow{static_cast<State>(state), static_cast<Event>(event)};
            if (!kDrawn.contains(arrow)) {
                const auto next = Apply(arrow.first, arrow.second);
                REQUIRE_FALSE(next.ok());
                CHECK(next.error().reason == "ILLEGAL_CONTACT_EVENT");
                CHECK(next.error().message.find(ToText(arrow.first)) != std::string::npos);
            }
        }
    }
}

TEST_CASE("contact state: texts read back", "[acd][state]") {
    for (int state = 0; state <= static_cast<int>(State::kDone); ++state) {
        const auto back = ContactStateFromText(ToText(static_cast<State>(state)));
        REQUIRE(back.ok());
        CHECK(*back == static_cast<State>(state));
    }
}

}  // namespace trunkline::acd
