// The Connect protocol's tables and frames, small parts of HTTP, the ring of events, the rate limit.
#include <catch2/catch.hpp>

#include "testing/manual_clock.hpp"
#include "web/domain/connect_code.hpp"
#include "web/domain/envelope.hpp"
#include "web/domain/event_ring.hpp"
#include "web/domain/http_words.hpp"
#include "web/domain/rate_limit.hpp"

namespace trunkline::web {
namespace {

TEST_CASE("connect: codes have the names and statuses of the protocol") {
    CHECK(CodeName(Code::kCancelled) == "canceled");
    CHECK(CodeName(Code::kUnauthenticated) == "unauthenticated");
    CHECK(HttpStatus(Code::kInvalidArgument) == 400);
    CHECK(HttpStatus(Code::kDeadlineExceeded) == 504);
    CHECK(HttpStatus(Code::kResourceExhausted) == 429);
    CHECK(HttpStatus(Code::kUnauthenticated) == 401);
    CHECK(CodeName(static_cast<Code>(77)) == "unknown");
}

TEST_CASE("connect: a timeout is a number of milliseconds of at most ten digits") {
    CHECK(ParseTimeout("250") == std::chrono::milliseconds(250));
    CHECK(ParseTimeout("0") == std::chrono::milliseconds(0));
    for (const char* wrong : {"", "-1", "1s", " 5", "12345678901", "0x10"}) {
        CHECK_FALSE(ParseTimeout(wrong));
    }
}

TEST_CASE("envelope: what was wrapped is unwrapped, anything else is refused") {
    const std::string wrapped = Wrap("{}", kEndOfStream);
    CHECK(wrapped == std::string("\x02\x00\x00\x00\x02{}", 7));
    CHECK(UnwrapOne(wrapped)->message == "{}");
    CHECK(UnwrapOne(wrapped)->flags == kEndOfStream);
    CHECK(UnwrapOne(Wrap(""))->message.empty());
    CHECK_FALSE(UnwrapOne(""));
    CHECK_FALSE(UnwrapOne("abcd"));
    CHECK_FALSE(UnwrapOne(wrapped + "x"));
    CHECK_FALSE(UnwrapOne(std::string("\x00\xff\xff\xff\xff", 5)));
}

TEST_CASE("cookies: the right one is found, whatever stands around it") {
    CHECK(CookieValue("a=1; trunkline-session=token; b=2", "trunkline-session") == "token");
    CHECK(CookieValue("trunkline-session=token", "trunkline-session") == "token");
    CHECK(CookieValue("xtrunkline-session=other", "trunkline-session").empty());
    CHECK(CookieValue("trunkline-session", "trunkline-session").empty());
    CHECK(CookieValue(";;;=;", "a").empty());
    CHECK(CookieValue("", "a").empty());
}

TEST_CASE("origin: it must name the host that was asked, with its port") {
    CHECK(IsSameOrigin("https://desk.example", "desk.example"));
    CHECK(IsSameOrigin("https://Desk.example:8443", "desk.EXAMPLE:8443"));
    CHECK_FALSE(IsSameOrigin("https://desk.example.evil.example", "desk.example"));
    CHECK_FALSE(IsSameOrigin("https://desk.example:1", "desk.example"));
    CHECK_FALSE(IsSameOrigin("null", "desk.example"));
    CHECK_FALSE(IsSameOrigin("https://", ""));
}

TEST_CASE("media types are compared without parameters and without case") {
    CHECK(MediaType("Application/JSON; charset=utf-8") == "application/json");
    CHECK(MediaType("").empty());
    CHECK(Printable("a\r\nb\x7f\xc3", 10) == "a??b??");
    CHECK(Printable("abcdef", 3) == "abc");
}

LiveItem Item(const std::string& type) {
    LiveItem item;
    item.type = type;
    return item;
}

TEST_CASE("event ring: who comes back gets what followed, in order") {
    EventRing ring("e1", {10, 1 << 20});
    CHECK(ring.Holds("e1", 0));
    for (const char* type : {"a", "b", "c"}) {
        ring.Append(Item(type));
    }
    const auto items = ring.After(1, 10);
    REQUIRE(items.size() == 2);
    CHECK(items[0]->sequence == 2);
    CHECK(items[0]->type == "b");
    CHECK(ring.After(0, 2).size() == 2);
    CHECK(ring.After(3, 10).empty());
}

TEST_CASE("event ring: too old, from the future, or of another epoch is not held") {
    EventRing ring("e1", {3, 1 << 20});
    for (int i = 0; i < 5; ++i) {
        ring.Append(Item("a"));
    }
    CHECK(ring.Holds("e1", 2));
    CHECK_FALSE(ring.Holds("e1", 1));
    CHECK_FALSE(ring.Holds("e1", 6));
    CHECK_FALSE(ring.Holds("e0", 4));
    ring.Reset("e2");
    CHECK_FALSE(ring.Holds("e1", 5));
    CHECK_FALSE(ring.Holds("e2", 4));
    CHECK(ring.Holds("e2", 5));
}

TEST_CASE("event ring: it is bounded in bytes as well") {
    EventRing ring("e1", {1000, 4096});
    for (int i = 0; i < 100; ++i) {
        LiveItem item = Item("a");
        item.proto_frame = std::string(250, 'x');
        ring.Append(std::move(item));
    }
    CHECK(ring.Holds("e1", 98));
    CHECK_FALSE(ring.Holds("e1", 90));
}

TEST_CASE("rate limit: a burst, then as many as are refilled; each caller has his own") {
    testing::ManualClock clock;
    RateLimiter limiter({10, 3});
    for (int i = 0; i < 3; ++i) {
        CHECK(limiter.Allow("a", clock.SteadyNow()));
    }
    CHECK_FALSE(limiter.Allow("a", clock.SteadyNow()));
    CHECK(limiter.Allow("b", clock.SteadyNow()));
    clock.Advance(std::chrono::milliseconds(100));
    CHECK(limiter.Allow("a", clock.SteadyNow()));
    CHECK_FALSE(limiter.Allow("a", clock.SteadyNow()));
}

}  // namespace
}  // namespace trunkline::web
