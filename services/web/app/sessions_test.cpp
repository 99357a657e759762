// What the gateway may believe of a session without asking, and what ends with it.
#include "web/app/sessions.hpp"

#include <catch2/catch.hpp>
#include <vector>

#include "testing/manual_clock.hpp"

namespace trunkline::web {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;

Sessions::Known Known(const std::string& session, const std::string& user) {
    auto known = std::make_shared<SignedIn>();
    known->session = session;
    known->user = user;
    return known;
}

struct Desk {
    Desk() {
        sessions.Heard(clock.SteadyNow());
        sessions.Remember("token1", Known("s1", "u1"), clock.SteadyNow());
        sessions.Remember("token2", Known("s2", "u2"), clock.SteadyNow());
    }
    Sessions::Known Fresh(const std::string& token) { return sessions.Fresh(token, clock.SteadyNow()); }
    void Pass(Duration time) {
        clock.Advance(time);
        sessions.Heard(clock.SteadyNow());
    }

    testing::ManualClock clock;
    Sessions sessions{{}};
};

TEST_CASE("sessions: known ones are fresh until they must be asked for again") {
    Desk desk;
    CHECK(desk.Fresh("token1")->user == "u1");
    CHECK(desk.Fresh("other") == nullptr);
    desk.Pass(seconds(29));
    CHECK(desk.Fresh("token1"));
    desk.Pass(seconds(1));
    CHECK(desk.Fresh("token1") == nullptr);
    CHECK(desk.sessions.InGrace("token1", desk.clock.SteadyNow()));
    desk.Pass(seconds(90));
    CHECK(desk.sessions.InGrace("token1", desk.clock.SteadyNow()) == nullptr);
}

TEST_CASE("sessions: while identity's bus is silent, a session is fresh for a second only") {
    Desk desk;
    desk.clock.Advance(milliseconds(2600));
    CHECK(desk.Fresh("token1") == nullptr);
    desk.sessions.Remember("token1", Known("s1", "u1"), desk.clock.SteadyNow());
    desk.clock.Advance(milliseconds(900));
    CHECK(desk.Fresh("token1"));
    desk.clock.Advance(milliseconds(200));
    CHECK(desk.Fresh("token1") == nullptr);
}

TEST_CASE("sessions: an ended session is gone at once, also for the time when identity cannot be asked") {
    Desk desk;
    std::vector<std::string> ended;
    desk.sessions.Hold(Known("s1", "u1"), [&](const Error& error) { ended.push_back(error.reason); });
    desk.sessions.Hold(Known("s2", "u2"), [&](const Error& error) { ended.push_back("wrong " + error.reason); });
    desk.sessions.EndSession("s1");
    CHECK(desk.Fresh("token1") == nullptr);
    CHECK(desk.sessions.InGrace("token1", desk.clock.SteadyNow()) == nullptr);
    CHECK(desk.Fresh("token2"));
    CHECK(ended == std::vector<std::string>{"SESSION_ENDED"});
}

TEST_CASE("sessions: when a user's rights may have changed, his are asked for again and his streams end") {
    Desk desk;
    std::vector<std::string> ended;
    const uint64_t key = desk.sessions.Hold(Known("s1", "u1"), [&](const Error& error) {
        ended.push_back(error.reason);
        desk.sessions.Release(1);
    });
    CHECK(key == 1);
    desk.sessions.RefreshUser("u1");
    CHECK(desk.Fresh("token1") == nullptr);
    CHECK(desk.Fresh("token2"));
    CHECK(ended == std::vector<std::string>{"RIGHTS_CHANGED"});
    CHECK(desk.sessions.held() == 0);
    desk.sessions.RefreshAll();
    CHECK(desk.Fresh("token2") == nullptr);
    CHECK(ended.size() == 1);
}

TEST_CASE("sessions: the memory is bounded") {
    testing::ManualClock clock;
    Sessions sessions{{seconds(30), milliseconds(2500), seconds(120), 100}};
    for (int i = 0; i < 1000; ++i) {
        sessions.Remember("token" + std::to_string(i), Known("s", "u"), clock.SteadyNow());
    }
    CHECK(sessions.size() <= 100);
    CHECK(sessions.Fresh("token999", clock.SteadyNow()));
}

}  // namespace
}  // namespace trunkline::web
