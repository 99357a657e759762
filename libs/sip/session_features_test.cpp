// PRACK, session timers, transfer, digest and Replaces between two user agents over a network in memory.
#include <catch2/catch.hpp>

#include "sip/digest.hpp"
#include "sip/info_digit.hpp"
#include "sip/test_kit.hpp"
#include "sip/transfer.hpp"

namespace trunkline::sip {
namespace {
using namespace std::chrono_literals;
using kit::World;

TEST_CASE("sip 100rel: a 183 with SDP is acknowledged by PRACK and the answer waits for it", "[sip]") {
    World world;
    world.bob.recorder.on_invite = [&](SessionId id) {
        REQUIRE(world.bob.agent.Progress(id, 183, "", "early").ok());
        REQUIRE(world.bob.agent.Answer(id, "").ok());
    };
    world.Call();
    world.RunFor(50ms);
    CHECK(world.OnWire("PRACK") == 1);
    CHECK(world.alice.recorder.Has("provisional 183 early"));
    CHECK(world.alice.recorder.Has("answered early"));
    CHECK(world.bob.recorder.Has("confirmed"));
    const std::vector<std::string> order{"INVITE", "100", "183", "PRACK", "200", "200", "ACK"};
    CHECK(world.wire == order);
}

TEST_CASE("sip 100rel: a lost 183 is sent again, a repeated one is not acknowledged twice", "[sip]") {
    World world;
    int seen = 0;
    world.lost = [&](const Message& message) { return message.status() == 183 && ++seen == 1; };
    world.bob.recorder.on_invite = [&](SessionId id) { (void)world.bob.agent.Progress(id, 183, "", "early"); };
    world.Call();
    world.RunFor(3s);
    CHECK(world.OnWire("183") == 2);
    CHECK(world.OnWire("PRACK") == 1);
}

TEST_CASE("sip 100rel: two reliable responses go one after the other", "[sip]") {
    World world;
    world.bob.recorder.on_invite = [&](SessionId id) {
        (void)world.bob.agent.Progress(id, 183, "", "early");
        (void)world.bob.agent.Progress(id, 180, "", "early");
    };
    world.Call();
    world.RunFor(50ms);
    const std::vector<std::string> order{"INVITE", "100", "183", "PRACK", "180", "PRACK", "200", "200"};
    CHECK(world.wire == order);
}

TEST_CASE("sip 100rel: without a PRACK the INVITE ends with 504", "[sip]") {
    World world;
    world.lost = [](const Message& message) { return message.IsRequest() && message.method() == "PRACK"; };
    world.bob.recorder.on_invite = [&](SessionId id) { (void)world.bob.agent.Progress(id, 183, "", "early"); };
    world.Call();
    world.RunFor(33s);
    CHECK(world.bob.recorder.cause.status == 504);
    CHECK(world.alice.recorder.cause.status == 504);
}

TEST_CASE("sip 100rel: an offer in a reliable 183 is answered in the PRACK", "[sip]") {
    World world;
    world.bob.recorder.on_invite = [&](SessionId id) { (void)world.bob.agent.Progress(id, 183, "", "their-offer"); };
    world.alice.recorder.on_offer = [&](SessionId id) { (void)world.alice.agent.AnswerOffer(id, "my-answer"); };
    world.Call("");
    world.RunFor(50ms);
    CHECK(world.alice.recorder.Has("offer their-offer"));
    CHECK(world.bob.recorder.Has("remote answer my-answer"));
    REQUIRE(world.bob.agent.Answer(world.bob.recorder.incoming, "").ok());
    world.RunFor(50ms);
    CHECK(world.bob.recorder.Has("confirmed"));
}

TEST_CASE("sip 100rel: a PRACK that names another response gets 481", "[sip]") {
    World world;
    world.bob.recorder.on_invite = [&](SessionId id) { (void)world.bob.agent.Progress(id, 183, "", "early"); };
    world.lost = [](const Message& message) { return message.IsRequest() && message.method() == "PRACK"; };
    world.Call();
    world.RunFor(50ms);
    Message prack = world.last["PRACK"];
    prack.Set("RAck", "1 1 INVITE");
    world.bob.transport.Deliver(prack.ToString(), world.alice.transport.Self());
    CHECK(world.bob.transport.sent.back().message.status() == 481);
}

TEST_CASE("sip timer: the refresher refreshes at half time and the call goes on", "[sip]") {
    World world;
    world.Connect();
    CHECK(world.last["200"].Get("Session-Expires") == "1800;refresher=uac");
    world.RunFor(910s);
    CHECK(world.OnWire("UPDATE") == 1);
    CHECK(world.last["UPDATE"].body().empty());
    CHECK(world.bob.recorder.Count("offer ") == 0);
    world.RunFor(2000s);
    CHECK(world.alice.agent.session_count() == 1);
    CHECK(world.bob.agent.session_count() == 1);
}

TEST_CASE("sip timer: a peer that stopped refreshing is hung up before the end of the interval", "[sip]") {
    World world;
    world.Connect();
    world.lost = [](const Message&) { return true; };
    world.RunFor(1810s);
    CHECK(world.bob.recorder.cause.kind == EndCause::Kind::kExpired);
}

TEST_CASE("sip timer: an interval that is too small is raised after 422", "[sip]") {
    UserAgentSettings settings;
    settings.session_expires = 100s;
    World world(settings);
    UserAgentSettings strict;
    strict.min_session_expires = 600s;
    kit::Side carol(world.wheel, "192.0.2.2", strict);
    carol.recorder.on_invite = [&](SessionId id) { (void)carol.agent.Answer(id, "answer"); };
    world.Call();
    for (int i = 0; i < 10; ++i) {
        world.clock.Advance(10ms);
        world.wheel.Advance();
        while (world.Move(world.alice, carol) | world.Move(carol, world.alice)) {
        }
    }
    CHECK(world.OnWire("422") == 1);
    CHECK(world.OnWire("INVITE") == 2);
    CHECK(world.last["INVITE"].Get("Session-Expires") == "600");
    CHECK(world.alice.recorder.Has("answered answer"));
}

TEST_CASE("sip transfer: a blind REFER is accepted and its progress told by NOTIFY", "[sip]") {
    World world;
    const auto [mine, theirs] = world.Connect();
    REQUIRE(world.alice.agent.Refer(mine, ParseNameAddr("<sip:carol@192.0.2.3>").value(), "<sip:alice@a>").ok());
    world.RunFor(50ms);
    REQUIRE(world.bob.recorder.refer);
    CHECK_FALSE(world.bob.recorder.refer->replaces);
    CHECK(world.bob.recorder.refer->referred_by == "<sip:alice@a>");
    REQUIRE(world.bob.agent.AcceptRefer(theirs).ok());
    REQUIRE(world.bob.agent.NotifyRefer(theirs, 180).ok());
    REQUIRE(world.bob.agent.NotifyRefer(theirs, 200).ok());
    world.RunFor(50ms);
    CHECK(world.alice.recorder.Has("progress 100"));
    CHECK(world.alice.recorder.Has("progress 180"));
    CHECK(world.alice.recorder.Has("progress 200 final"));
    CHECK(world.OnWire("202") == 1);
    CHECK_FALSE(world.bob.agent.NotifyRefer(theirs, 200).ok());
}

TEST_CASE("sip transfer: a refused REFER tells its status", "[sip]") {
    World world;
    const auto [mine, theirs] = world.Connect();
    REQUIRE(world.alice.agent.Refer(mine, ParseNameAddr("<sip:carol@192.0.2.3>").value()).ok());
    world.RunFor(50ms);
    REQUIRE(world.bob.agent.RefuseRefer(theirs, 603).ok());
    world.RunFor(50ms);
    CHECK(world.alice.recorder.Has("progress 603 final"));
}

TEST_CASE("sip transfer: an attended REFER names a dialog that the target finds", "[sip]") {
    World world;
    const auto [mine, theirs] = world.Connect();
    const auto replaces = world.alice.agent.ReplacesOf(mine);
    REQUIRE(replaces);
    CHECK(world.bob.agent.FindReplaced(*replaces) == theirs);
    const NameAddr refer_to = MakeReferTo(ParseUri("sip:bob@192.0.2.2").value(), *replaces);
    REQUIRE(world.alice.agent.Refer(mine, refer_to).ok());
    world.RunFor(50ms);
    REQUIRE(world.bob.recorder.refer);
    REQUIRE(world.bob.recorder.refer->replaces);
    CHECK(world.bob.recorder.refer->replaces->ToString() == replaces->ToString());
    Replaces wrong = *replaces;
    wrong.from_tag = "other";
    CHECK_FALSE(world.bob.agent.FindReplaced(wrong));
    Replaces early = *replaces;
    early.early_only = true;
    CHECK_FALSE(world.bob.agent.FindReplaced(early));
}

TEST_CASE("sip transfer: Replaces without its tags is refused, a sipfrag tells its status", "[sip]") {
    CHECK_FALSE(ParseReplaces("abc@host;to-tag=1"));
    CHECK_FALSE(ParseReplaces(""));
    CHECK(ParseReplaces("abc@host ; from-tag=2;to-tag=1;early-only")->early_only);
    CHECK(StatusOfFragment("SIP/2.0 180 Ringing\r\n") == 180);
    CHECK(StatusOfFragment("HTTP/1.1 200 OK") == 0);
}

TEST_CASE("sip info: keys in both forms, junk is not a key", "[sip]") {
    const auto digit_of = [](const char* type, const char* body) {
        Message info = Message::Request("INFO", Uri{});
        info.SetBody(type, body);
        return ParseInfoDigit(info);
    };
    CHECK(digit_of("application/dtmf", "#")->digit == '#');
    CHECK(digit_of("application/dtmf-relay", "Signal= *\r\nDuration= 99999")->millis == 5000);
    CHECK(digit_of("application/dtmf-relay", "Signal=11")->digit == '#');
    CHECK_FALSE(digit_of("application/dtmf-relay", "Signal=Q"));
    CHECK_FALSE(digit_of("text/plain", "5"));
}

// Bob demands a password for calls; `realm` is what he asks for each time.
void Demand(World& world, const std::string& realm, bool is_stale = false) {
    world.bob.recorder.on_invite = [&world, realm, is_stale](SessionId id) {
        const Challenge challenge{realm, "nonce" + std::to_string(world.OnWire("INVITE")), "", {}, true, is_stale};
        (void)world.bob.agent.Reject(id, 407, "", {{"Proxy-Authenticate", challenge.ToString()}});
    };
}

TEST_CASE("sip digest: a challenge of our realm is answered once, a wrong password gives up", "[sip]") {
    World world;
    Demand(world, "carrier");
    world.Call("offer", Account{"carrier", "alice", "secret"});
    world.RunFor(100ms);
    CHECK(world.OnWire("INVITE") == 2);
    const auto credentials = ParseCredentials(world.last["INVITE"].Get("Proxy-Authorization"));
    REQUIRE(credentials);
    CHECK(VerifyDigest(*credentials, DigestSecret({}, "alice", "carrier", "secret"), "INVITE"));
    CHECK(world.last["INVITE"].Sequence()->number == 2);
    CHECK(world.alice.recorder.cause.status == 407);
}

TEST_CASE("sip digest: a foreign realm never sees credentials, a nonce-change loop ends after two rounds", "[sip]") {
    World foreign;
    Demand(foreign, "evil");
    foreign.Call("offer", Account{"carrier", "alice", "secret"});
    foreign.RunFor(100ms);
    CHECK(foreign.OnWire("INVITE") == 1);
    World loop;
    Demand(loop, "carrier", true);
    loop.Call("offer", Account{"carrier", "alice", "secret"});
    loop.RunFor(100ms);
    CHECK(loop.OnWire("INVITE") == 3);
}

TEST_CASE("sip digest: a caller who challenges our BYE learns nothing", "[sip]") {
    World world;
    const auto [mine, theirs] = world.Connect();
    world.lost = [](const Message& message) { return message.method() == "BYE"; };
    REQUIRE(world.bob.agent.End(theirs).ok());
    world.RunFor(20ms);
    Message refusal = MakeResponse(world.last["BYE"], 407, "Prove", "");
    refusal.Add("Proxy-Authenticate", Challenge{"carrier", "n", "", {}, true, false}.ToString());
    world.bob.transport.Deliver(refusal.ToString(), world.alice.transport.Self());
    world.RunFor(1s);
    CHECK(world.OnWire("BYE") == 1);
    CHECK(world.bob.agent.session_count() == 0);
}

}  // namespace
}  // namespace trunkline::sip
