// Facts as events.
#include "acd/adapters/fact_messages.hpp"

#include <catch2/catch.hpp>

#include "trunkline/acd/v1/events.pb.h"

namespace trunkline::acd {
namespace {

Fact Changed(TimePoint time) {
    return {time, AgentStateChanged{AgentId("1001"), AgentState::kNotReady, "NO_ANSWER", "system",
                                    AgentState::kReserved, std::chrono::seconds(20), ContactId("c1")}};
}

}  // namespace

TEST_CASE("fact messages: a fact told twice has the same id, another moment has another", "[acd][adapters]") {
    const TimePoint time = FromUnixMillis(1772413200000);
    CHECK(ToEvent(Changed(time)).event_id == ToEvent(Changed(time)).event_id);
    CHECK(ToEvent(Changed(time)).event_id != ToEvent(Changed(time + Duration(1))).event_id);
}

TEST_CASE("fact messages: an event carries its key, type, time and fields", "[acd][adapters]") {
    const TimePoint time = FromUnixMillis(1772413200123);
    const bus::Event event = ToEvent(Changed(time));
    CHECK(event.key == "1001");
    CHECK(event.type == "trunkline.acd.v1.AgentStateChanged");
    CHECK(event.occurred == time);
    v1::AgentStateChanged message;
    REQUIRE(message.ParseFromString(event.payload));
    CHECK(message.state() == v1::NOT_READY);
    CHECK(message.previous() == v1::RESERVED);
    CHECK(message.previous_duration().seconds() == 20);
    CHECK(message.contact_id() == "c1");
    CHECK(message.change_time().nanos() == 123'000'000);
}

TEST_CASE("fact messages: an event kept with a call reads back", "[acd][adapters]") {
    const bus::Event event = ToEvent(Changed(FromUnixMillis(1772413200123)));
    const auto back = UnpackEvent(PackEvent(event));
    REQUIRE(back.ok());
    CHECK(back->event_id == event.event_id);
    CHECK(back->key == event.key);
    CHECK(back->type == event.type);
    CHECK(back->occurred == event.occurred);
    CHECK(back->payload == event.payload);
    CHECK(UnpackEvent("not a fact").error().reason == "BAD_FACT");
}

}  // namespace trunkline::acd
