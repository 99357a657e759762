// Opening hours.
#include "ivr/domain/nodes/hours.hpp"

#include "ivr/domain/node_bench.hpp"

namespace trunkline::ivr {
namespace {

using namespace std::chrono_literals;

// The bench's clock stands at Monday 2026-03-02 09:00 in Shanghai.
Hours OfficeHours() {
    Hours node;
    node.spans = {{{1, 2, 3, 4, 5}, "09:00", "17:30"}, {{6}, "22:00", "06:00"}};
    node.open = "hello";
    node.closed = "bye";
    return node;
}

}  // namespace

TEST_CASE("hours: the first minute is open, the last is not", "[ivr][node]") {
    NodeBench bench;
    CHECK(bench.Start(OfficeHours()) == "open -> hello");
    bench.clock.Advance(-1s);
    CHECK(bench.Start(OfficeHours()) == "closed -> bye");
    bench.clock.Advance(1s + 8h + 30min);
    CHECK(bench.Start(OfficeHours()) == "closed -> bye");
}

TEST_CASE("hours: a span that ends before it starts runs into the next day", "[ivr][node]") {
    NodeBench bench;
    bench.clock.Advance(6 * 24h - 4h);  // Sunday 05:00
    CHECK(bench.Start(OfficeHours()) == "open -> hello");
    bench.clock.Advance(1h);
    CHECK(bench.Start(OfficeHours()) == "closed -> bye");
}

TEST_CASE("hours: days off are closed and make-up workdays have Monday's hours", "[ivr][node]") {
    NodeBench bench;
    Hours node = OfficeHours();
    node.closed_dates = {"2026-03-02"};
    node.workday_dates = {"2026-03-08"};
    CHECK(bench.Start(node) == "closed -> bye");
    bench.clock.Advance(6 * 24h);  // Sunday
    CHECK(bench.Start(OfficeHours()) == "closed -> bye");
    CHECK(bench.Start(node) == "open -> hello");
}

TEST_CASE("hours: the time zone decides", "[ivr][node]") {
    NodeBench bench;
    Hours node = OfficeHours();
    node.time_zone = "Europe/London";  // 01:00 there
    CHECK(bench.Start(node) == "closed -> bye");
}

TEST_CASE("hours: times, weekdays, dates and time zones that do not exist are refused", "[ivr][node]") {
    CHECK(NodeBench::Faults(OfficeHours()).empty());
    const auto faulty = [](auto change) {
        Hours node = OfficeHours();
        change(node);
        return NodeBench::Faults(node).size();
    };
    CHECK(faulty([](Hours& node) { node.spans.clear(); }) == 1);
    CHECK(faulty([](Hours& node) { node.spans[0].from = "9:00"; }) == 1);
    CHECK(faulty([](Hours& node) { node.spans[0].to = "24:30"; }) == 1);
    CHECK(faulty([](Hours& node) { node.spans[0].to = "09:00"; }) == 1);
    CHECK(faulty([](Hours& node) { node.spans[0].weekdays = {0}; }) == 1);
    CHECK(faulty([](Hours& node) { node.closed_dates = {"2026-02-30"}; }) == 1);
    CHECK(faulty([](Hours& node) { node.time_zone = "Asia/Peking1"; }) == 1);
}

}  // namespace trunkline::ivr
