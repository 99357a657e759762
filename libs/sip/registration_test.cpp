// Registering at a carrier, the registrar itself, and OPTIONS as a sign of life.
#include <catch2/catch.hpp>

#include "sip/pinger.hpp"
#include "sip/registrar.hpp"
#include "sip/registration_client.hpp"
#include "sip/test_kit.hpp"

namespace trunkline::sip {
namespace {
using namespace std::chrono_literals;
using kit::World;

Message Register(const std::string& contact, uint32_t sequence, const std::string& expires = "",
                 const std::string& call_id = "r1") {
    Message request = Message::Request("REGISTER", ParseUri("sip:example.com").value());
    request.Add("From", "<sip:ann@example.com>;tag=1");
    request.Add("To", "<sip:ann@EXAMPLE.com>");
    request.Add("Call-ID", call_id);
    request.Add("CSeq", std::to_string(sequence) + " REGISTER");
    if (!contact.empty()) request.Add("Contact", contact);
    if (!expires.empty()) request.Add("Expires", expires);
    return request;
}

struct Desk {
    testing::ManualClock clock;
    std::vector<std::string> changes;
    RegistrarSettings settings;
    Registrar registrar{settings, [this](const std::string& record, const std::vector<Binding>& bindings) {
                            changes.push_back(record + " " + std::to_string(bindings.size()));
                        }};
    RegistrarReply Take(const Message& request) { return registrar.Register(request, Peer{}, clock.SteadyNow()); }
    size_t Count() { return registrar.Lookup("ann@example.com", clock.SteadyNow()).size(); }
};

TEST_CASE("sip registrar: a binding is kept until it expires and told when it changes", "[sip]") {
    Desk desk;
    const auto reply = desk.Take(Register("<sip:ann@192.0.2.5>", 1, "120"));
    CHECK(reply.status == 200);
    REQUIRE(reply.headers.size() == 1);
    CHECK(reply.headers[0].value == "<sip:ann@192.0.2.5>;expires=120");
    desk.clock.Advance(119s);
    CHECK(desk.Count() == 1);
    desk.clock.Advance(1s);
    CHECK(desk.Count() == 0);
    desk.registrar.Expire(desk.clock.SteadyNow());
    CHECK(desk.changes == std::vector<std::string>{"ann@example.com 1", "ann@example.com 0"});
}

TEST_CASE("sip registrar: a contact is refreshed, removed by itself or with all others", "[sip]") {
    Desk desk;
    desk.Take(Register("<sip:ann@192.0.2.5>;expires=600", 1));
    desk.Take(Register("<sip:ann@192.0.2.5>", 2));
    CHECK(desk.Count() == 1);
    desk.Take(Register("<sip:ann@192.0.2.6>", 1, "", "r2"));
    CHECK(desk.Count() == 2);
    desk.Take(Register("<sip:ann@192.0.2.5>;expires=0", 3));
    CHECK(desk.Count() == 1);
    CHECK(desk.Take(Register("*", 4, "0")).status == 200);
    CHECK(desk.Count() == 0);
}

TEST_CASE("sip registrar: too brief, out of order, a bare star and too many contacts change nothing", "[sip]") {
    Desk desk;
    const auto brief = desk.Take(Register("<sip:ann@192.0.2.5>", 5, "10"));
    CHECK(brief.status == 423);
    CHECK(brief.headers.at(0).name == "Min-Expires");
    desk.Take(Register("<sip:ann@192.0.2.5>", 5));
    CHECK(desk.Take(Register("<sip:ann@192.0.2.5>;expires=0", 4)).status == 500);
    CHECK(desk.Take(Register("*", 6)).status == 400);
    std::string many;
    for (int i = 1; i <= 11; ++i)
        many += (i > 1 ? ", " : "") + std::string("<sip:ann@192.0.2.") + std::to_string(i) + ">";
    CHECK(desk.Take(Register(many, 7)).status == 403);
    CHECK(desk.Count() == 1);
    CHECK(desk.changes.size() == 1);
}

TEST_CASE("sip registrar: a question without Contact lists the bindings", "[sip]") {
    Desk desk;
    desk.Take(Register("<sip:ann@192.0.2.5>", 1, "99999"));
    const auto reply = desk.Take(Register("", 1));
    REQUIRE(reply.headers.size() == 1);
    CHECK(reply.headers[0].value == "<sip:ann@192.0.2.5>;expires=7200");
    CHECK(desk.changes.size() == 1);
}

// Alice registers at Bob, whose answers the test gives.
struct Carrier {
    World world;
    std::vector<RegistrationStatus> told;
    std::unique_ptr<RegistrationClient> client;
    Carrier() {
        RegistrationSettings settings;
        settings.registrar = ParseUri("sip:192.0.2.2").value();
        settings.address_of_record = ParseNameAddr("<sip:line@192.0.2.2>").value();
        settings.contact_user = "line";
        client =
            std::make_unique<RegistrationClient>(world.alice.agent, world.wheel, settings,
                                                 [this](const RegistrationStatus& status) { told.push_back(status); });
        client->Start();
        world.RunFor(50ms);
    }
    void Answer(int status, std::vector<Header> headers = {}) {
        REQUIRE(world.bob.agent.Respond(world.bob.recorder.request, status, "", std::move(headers)).ok());
        world.RunFor(50ms);
    }
};

TEST_CASE("sip registration: it is refreshed before it expires and removed on demand", "[sip]") {
    Carrier carrier;
    const Message first = carrier.world.last["REGISTER"];
    carrier.Answer(200, {{"Contact", "<sip:line@192.0.2.1:5060>;expires=100"}});
    REQUIRE(carrier.told.size() == 1);
    CHECK(carrier.told[0].state == RegistrationStatus::State::kRegistered);
    CHECK(carrier.told[0].expires == 100s);
    carrier.world.RunFor(79s);
    CHECK(carrier.world.OnWire("REGISTER") == 1);
    carrier.world.RunFor(2s);
    const Message second = carrier.world.last["REGISTER"];
    CHECK(second.CallId() == first.CallId());
    CHECK(second.Sequence()->number == 2);
    carrier.Answer(200);
    carrier.client->Remove();
    carrier.world.RunFor(50ms);
    CHECK(carrier.world.last["REGISTER"].Get("Expires") == "0");
    carrier.Answer(200);
    CHECK(carrier.told.back().state == RegistrationStatus::State::kRemoved);
}

TEST_CASE("sip registration: failures back off, 423 raises the interval", "[sip]") {
    Carrier carrier;
    carrier.Answer(403);
    CHECK(carrier.told.back().state == RegistrationStatus::State::kFailed);
    CHECK(carrier.told.back().status == 403);
    carrier.world.RunFor(4s);
    CHECK(carrier.world.OnWire("REGISTER") == 1);
    carrier.world.RunFor(1200ms);
    CHECK(carrier.world.OnWire("REGISTER") == 2);
    carrier.Answer(403);
    carrier.world.RunFor(9s);
    CHECK(carrier.world.OnWire("REGISTER") == 2);
    carrier.world.RunFor(1200ms);
    carrier.Answer(423, {{"Min-Expires", "900"}});
    CHECK(carrier.world.last["REGISTER"].Get("Expires") == "900");
}

TEST_CASE("sip pinger: two silences bring a trunk down, one answer brings it up", "[sip]") {
    World world;
    std::vector<bool> told;
    PingerSettings settings;
    settings.target = ParseUri("sip:192.0.2.2").value();
    settings.interval = 10s;
    Pinger pinger(world.alice.agent, world.wheel, settings, [&](bool alive, int) { told.push_back(alive); });
    pinger.Start();
    world.RunFor(1s);
    CHECK(pinger.alive());
    bool cut = true;
    world.lost = [&](const Message&) { return cut; };
    world.RunFor(60s);
    CHECK(pinger.alive());  // one miss is not enough
    world.RunFor(40s);
    CHECK_FALSE(pinger.alive());
    cut = false;
    world.RunFor(45s);
    CHECK(told == std::vector<bool>{true, false, true});
}

TEST_CASE("sip user agent: OPTIONS tells abilities, strangers' methods are refused", "[sip]") {
    World world;
    std::vector<Message> answers;
    const auto ask = [&](const std::string& method) {
        world.alice.agent.Request({Message::Request(method, ParseUri("sip:192.0.2.2").value()), {}, {}, ""},
                                  [&](const Message& response, const Peer&) { answers.push_back(response); });
        world.RunFor(50ms);
        return answers.back();
    };
    CHECK(ask("OPTIONS").HasToken("Allow", "UPDATE"));
    CHECK(ask("MESSAGE").status() == 403);
    CHECK(ask("INFO").status() == 481);
    CHECK(ask("SUBSCRIBE").status() >= 405);
    world.bob.recorder.admission = Admission::kBusy;
    CHECK(ask("OPTIONS").status() == 503);
    CHECK(world.bob.agent.counters().refused_busy == 1);
}

}  // namespace
}  // namespace trunkline::sip
