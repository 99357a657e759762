// The simulator against queueing theory, and files of arrivals.
#include "acd/simulator/simulation.hpp"

#include <catch2/catch.hpp>
#include <sstream>

#include "acd/simulator/arrivals.hpp"
#include "acd/simulator/erlang.hpp"

namespace trunkline::acd::simulator {
namespace {

using namespace std::chrono_literals;

Setup Centre(int agents) {
    Setup setup;
    QueueSettings queue;
    queue.id = QueueId("calls");
    queue.wrap_up_limit = 1h;
    setup.queues.push_back(queue);
    for (int i = 0; i < agents; ++i) {
        AgentSettings agent;
        agent.id = AgentId("agent" + std::to_string(i));
        agent.phone = agent.id.str();
        setup.agents.push_back(agent);
    }
    return setup;
}

RandomLoad Calls(double patience, double hours) {
    RandomLoad load;
    load.queue = QueueId("calls");
    load.calls_per_hour = 200;
    load.hours = hours;
    load.talk_seconds = 150;
    load.wrap_up_seconds = 30;
    load.patience_seconds = patience;
    load.seed = 7;
    return load;
}

// Talk and wrap-up together are hypoexponential, not exponential; theory is told so by one exponential talk.
RandomLoad TalkOnly(double patience, double hours) {
    RandomLoad load = Calls(patience, hours);
    load.talk_seconds = 180;
    load.wrap_up_seconds = 0;
    return load;
}

QueueTally Play(int agents, const RandomLoad& load) {
    const auto figures = Simulate(Centre(agents), MakeArrivals(load));
    REQUIRE(figures.ok());
    CHECK(figures->unfinished == 0);
    return figures->queues.at(QueueId("calls"));
}

TEST_CASE("simulator: patient callers wait as Erlang C says", "[acd][simulator]") {
    const QueueTally tally = Play(13, TalkOnly(0, 1000));
    const Forecast theory = ErlangC({200.0 / 3600, 180, 13, 20});
    CHECK(tally.service_level() == Approx(theory.service_level).margin(0.015));
    CHECK(tally.speed_of_answer() == Approx(theory.speed_of_answer).epsilon(0.10));
    CHECK(tally.offered() == tally.answered);
}

TEST_CASE("simulator: impatient callers leave as Erlang A says", "[acd][simulator]") {
    const QueueTally tally = Play(11, TalkOnly(120, 1000));
    const Forecast theory = ErlangA({200.0 / 3600, 180, 11, 20}, 120);
    const double left = static_cast<double>(tally.offered() - tally.answered) / static_cast<double>(tally.offered());
    CHECK(left == Approx(theory.abandons).margin(0.005));
    const double in_time = static_cast<double>(tally.answered_in_threshold) / static_cast<double>(tally.offered());
    CHECK(in_time == Approx(theory.service_level).margin(0.015));
    CHECK(tally.speed_of_answer() == Approx(theory.speed_of_answer).epsilon(0.10));
}

TEST_CASE("simulator: talk and wrap-up make the handling time, and occupancy is load by agents", "[acd][simulator]") {
    const auto figures = Simulate(Centre(14), MakeArrivals(Calls(0, 300)));
    REQUIRE(figures.ok());
    CHECK(figures->queues.at(QueueId("calls")).handle_time() == Approx(180).epsilon(0.02));
    CHECK(figures->occupancy == Approx(10.0 / 14).epsilon(0.03));
}

TEST_CASE("simulator: the same day gives the same figures, another seed others", "[acd][simulator]") {
    RandomLoad load = Calls(60, 20);
    const QueueTally first = Play(8, load);
    const QueueTally again = Play(8, load);
    CHECK(first.answer_wait == again.answer_wait);
    load.seed = 8;
    CHECK(Play(8, load).answer_wait != first.answer_wait);
}

TEST_CASE("simulator: other rules for the same callers give other figures", "[acd][simulator]") {
    Setup setup = Centre(8);
    const auto arrivals = MakeArrivals(Calls(0, 20));
    const auto slow = Simulate(setup, arrivals);
    setup.queues.front().wrap_up_limit = 5s;
    const auto quick = Simulate(setup, arrivals);
    REQUIRE((slow.ok() && quick.ok()));
    const QueueId calls("calls");
    CHECK(quick->queues.at(calls).handle_time() < slow->queues.at(calls).handle_time());
    CHECK(quick->queues.at(calls).service_level() > slow->queues.at(calls).service_level());
}

TEST_CASE("arrivals: a file is read in the order of time", "[acd][simulator]") {
    std::istringstream file("queue, seconds,talk,patience,language\ncalls,10.5,60,30,en\n\ncalls,2,30,,\n");
    const auto arrivals = ReadArrivals(file);
    REQUIRE(arrivals.ok());
    REQUIRE(arrivals->size() == 2);
    CHECK((*arrivals)[0].talk == 30s);
    CHECK((*arrivals)[1].at == TimePoint(10'500ms));
    CHECK((*arrivals)[1].patience == 30s);
    CHECK((*arrivals)[1].language == "en");
}

TEST_CASE("arrivals: what is wrong with a file is told with line and column", "[acd][simulator]") {
    const auto [text, complaint] = GENERATE(table<std::string, std::string>(
        {{"seconds,talk\n", "no column queue"},
         {"seconds,queue,talk\n1,calls,long\n", "line 2: talk is a number of 0 or more, not 'long'"},
         {"seconds,queue,talk\n1,calls,5\n-1,calls,5\n", "line 3: seconds"},
         {"seconds,queue,talk\n1,,5\n", "line 2: no queue"}}));
    std::istringstream file(text);
    const auto arrivals = ReadArrivals(file);
    REQUIRE_FALSE(arrivals.ok());
    CHECK(arrivals.error().message.find(complaint) != std::string::npos);
}

TEST_CASE("simulator: an arrival for a queue that is not there is refused", "[acd][simulator]") {
    Arrival arrival;
    arrival.queue = QueueId("nowhere");
    CHECK_FALSE(Simulate(Centre(1), {arrival}).ok());
}

}  // namespace
}  // namespace trunkline::acd::simulator
