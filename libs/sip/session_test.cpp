// Calls between two user agents over a network in memory: every arrow of a session, races included.
#include <catch2/catch.hpp>

#include "sip/test_kit.hpp"

namespace trunkline::sip {
namespace {
using namespace std::chrono_literals;
using kit::World;

TEST_CASE("sip session: a call is offered, answered, acknowledged and hung up by the caller", "[sip]") {
    World world;
    const auto [mine, theirs] = world.Connect();
    CHECK(world.bob.recorder.Has("invite offer-1"));
    CHECK(world.alice.recorder.Has("answered answer-1"));
    CHECK(world.bob.recorder.Has("confirmed"));
    CHECK(world.alice.agent.View(mine)->state == SessionState::kConfirmed);
    REQUIRE(world.alice.agent.End(mine, "Q.850;cause=16").ok());
    world.RunFor(50ms);
    CHECK(world.bob.recorder.cause.kind == EndCause::Kind::kRemoteBye);
    CHECK(world.bob.recorder.cause.header == "Q.850;cause=16");
    CHECK(world.alice.recorder.cause.kind == EndCause::Kind::kLocal);
    CHECK(world.alice.agent.session_count() + world.bob.agent.session_count() == 0);
    CHECK(world.alice.agent.End(mine).error().reason == "SESSION_GONE");
}

TEST_CASE("sip session: the one who was called hangs up", "[sip]") {
    World world;
    const auto [mine, theirs] = world.Connect();
    REQUIRE(world.bob.agent.End(theirs).ok());
    world.RunFor(50ms);
    CHECK(world.alice.recorder.cause.kind == EndCause::Kind::kRemoteBye);
    CHECK(world.OnWire("BYE") == 1);
}

TEST_CASE("sip session: ringing and early media are told before the answer", "[sip]") {
    UserAgentSettings settings;
    settings.reliable_provisional = false;
    World world(settings);
    world.Call();
    world.RunFor(50ms);
    REQUIRE(world.bob.agent.Progress(world.bob.recorder.incoming, 180).ok());
    REQUIRE(world.bob.agent.Progress(world.bob.recorder.incoming, 183, "", "early").ok());
    world.RunFor(50ms);
    CHECK(world.alice.recorder.Has("provisional 180 "));
    CHECK(world.alice.recorder.Has("provisional 183 early"));
    CHECK(world.OnWire("PRACK") == 0);
}

TEST_CASE("sip session: a refusal ends the call with its status", "[sip]") {
    World world;
    world.Call();
    world.RunFor(50ms);
    REQUIRE(world.bob.agent.Reject(world.bob.recorder.incoming, 486).ok());
    world.RunFor(50ms);
    CHECK(world.alice.recorder.cause.kind == EndCause::Kind::kRefused);
    CHECK(world.alice.recorder.cause.status == 486);
    CHECK(world.OnWire("ACK") == 1);
}

TEST_CASE("sip session: a redirection tells its contact", "[sip]") {
    World world;
    world.Call();
    world.RunFor(50ms);
    REQUIRE(world.bob.agent.Reject(world.bob.recorder.incoming, 302, "", {{"Contact", "<sip:carol@192.0.2.9>"}}).ok());
    world.RunFor(50ms);
    CHECK(world.alice.recorder.cause.contact == "<sip:carol@192.0.2.9>");
}

TEST_CASE("sip session: CANCEL waits for the first provisional response and ends the call at both sides", "[sip]") {
    World world;
    const SessionId mine = world.Call();
    world.clock.Advance(10ms);
    world.wheel.Advance();  // the INVITE is out, nothing has arrived
    REQUIRE(world.alice.agent.End(mine).ok());
    CHECK(world.OnWire("CANCEL") == 0);
    world.RunFor(100ms);
    CHECK(world.OnWire("CANCEL") == 1);
    CHECK(world.bob.recorder.cause.kind == EndCause::Kind::kRemoteCancel);
    CHECK(world.alice.recorder.cause.kind == EndCause::Kind::kLocal);
    CHECK(world.alice.agent.session_count() == 0);
}

TEST_CASE("sip session: a 200 that crosses the CANCEL is acknowledged and hung up", "[sip]") {
    World world;
    const SessionId mine = world.Call();
    world.RunFor(50ms);
    REQUIRE(world.alice.agent.End(mine).ok());
    REQUIRE(world.bob.agent.Answer(world.bob.recorder.incoming, "answer-1").ok());
    world.RunFor(1s);
    CHECK(world.OnWire("ACK") >= 1);
    CHECK(world.OnWire("BYE") == 1);
    CHECK(world.alice.agent.session_count() == 0);
    CHECK(world.bob.agent.session_count() == 0);
    CHECK_FALSE(world.alice.recorder.Has("answered answer-1"));
}

TEST_CASE("sip session: a lost ACK is sent again for every 2xx that is sent again", "[sip]") {
    World world;
    int acks = 0;
    world.lost = [&](const Message& message) { return message.method() == "ACK" && ++acks <= 2; };
    world.Connect();
    world.RunFor(3s);
    CHECK(world.OnWire("200") == 3);
    CHECK(world.OnWire("ACK") == 3);
    CHECK(world.bob.recorder.Count("confirmed") == 1);
    CHECK(world.alice.recorder.Count("answered answer-1") == 1);
}

TEST_CASE("sip session: a 2xx that is never acknowledged ends with BYE after 64 T1", "[sip]") {
    World world;
    world.lost = [](const Message& message) { return message.IsRequest() && message.method() == "ACK"; };
    world.Connect();
    world.RunFor(33s);
    CHECK(world.bob.recorder.cause.kind == EndCause::Kind::kTimeout);
    CHECK(world.OnWire("BYE") == 1);
}

TEST_CASE("sip session: hanging up before the ACK waits for it", "[sip]") {
    World world;
    bool hold = true;
    world.lost = [&](const Message& message) { return hold && message.IsRequest() && message.method() == "ACK"; };
    const auto [mine, theirs] = world.Connect();
    REQUIRE(world.bob.agent.End(theirs).ok());
    world.RunFor(100ms);
    CHECK(world.OnWire("BYE") == 0);
    hold = false;
    world.RunFor(2s);
    CHECK(world.OnWire("BYE") == 1);
    CHECK(world.alice.agent.session_count() == 0);
}

TEST_CASE("sip session: a call nobody answers ends after the longest ringing", "[sip]") {
    World world;
    world.Call();
    world.RunFor(50ms);
    REQUIRE(world.bob.agent.Progress(world.bob.recorder.incoming, 180).ok());
    world.RunFor(181s);
    CHECK(world.alice.recorder.cause.kind == EndCause::Kind::kTimeout);
    CHECK(world.bob.recorder.cause.kind == EndCause::Kind::kRemoteCancel);
    CHECK(world.alice.recorder.Count("provisional 180 ") == 3);  // told again each minute
}

TEST_CASE("sip session: a silent peer is a time-out after 64 T1, an unknown host a transport failure", "[sip]") {
    World world;
    world.lost = [](const Message&) { return true; };
    world.Call();
    world.RunFor(33s);
    CHECK(world.alice.recorder.cause.kind == EndCause::Kind::kTimeout);
    InviteRequest request;
    request.to = ParseUri("sip:bob@no.such.host").value();
    REQUIRE(world.alice.agent.Invite(request).ok());
    world.RunFor(50ms);
    CHECK(world.alice.recorder.cause.kind == EndCause::Kind::kTransport);
}

TEST_CASE("sip session: an INVITE without SDP gets the offer in the 200 and the answer in the ACK", "[sip]") {
    World world;
    world.bob.recorder.on_invite = [&](SessionId id) { (void)world.bob.agent.Answer(id, "their-offer"); };
    const SessionId mine = world.Call("");
    world.RunFor(50ms);
    CHECK(world.alice.recorder.Has("answered their-offer"));
    CHECK(world.OnWire("ACK") == 0);
    REQUIRE(world.alice.agent.AckAnswer(mine, "my-answer").ok());
    world.RunFor(50ms);
    CHECK(world.bob.recorder.Has("remote answer my-answer"));
}

TEST_CASE("sip session: hold by re-INVITE and resume by UPDATE", "[sip]") {
    World world;
    const auto [mine, theirs] = world.Connect();
    world.bob.recorder.on_offer = [&](SessionId id) { (void)world.bob.agent.AnswerOffer(id, "held"); };
    REQUIRE(world.alice.agent.Reoffer(mine, "hold").ok());
    CHECK(world.alice.agent.Reoffer(mine, "again").error().reason == "OFFER_PENDING");
    world.RunFor(50ms);
    CHECK(world.bob.recorder.Has("offer hold"));
    CHECK(world.alice.recorder.Has("reoffer 200 held"));
    CHECK(world.OnWire("ACK") == 2);
    REQUIRE(world.alice.agent.Reoffer(mine, "resume", ReofferBy::kUpdate).ok());
    world.RunFor(50ms);
    CHECK(world.OnWire("UPDATE") == 1);
    CHECK(world.bob.recorder.Has("offer resume"));
    CHECK(world.alice.recorder.Count("reoffer 200 held") == 2);
}

TEST_CASE("sip session: the peer may answer an offer later, and a refusal leaves the call up", "[sip]") {
    World world;
    const auto [mine, theirs] = world.Connect();
    REQUIRE(world.bob.agent.Reoffer(theirs, "t38").ok());
    world.RunFor(5s);
    CHECK(world.alice.recorder.Has("offer t38"));
    REQUIRE(world.alice.agent.RefuseOffer(mine, 488).ok());
    world.RunFor(50ms);
    CHECK(world.bob.recorder.Has("reoffer 488 "));
    CHECK(world.bob.agent.View(theirs)->state == SessionState::kConfirmed);
}

TEST_CASE("sip session: two offers that cross are refused with 491 and retried one after the other", "[sip]") {
    World world;
    const auto [mine, theirs] = world.Connect();
    world.bob.recorder.on_offer = [&](SessionId id) { (void)world.bob.agent.AnswerOffer(id, "bob-answers"); };
    world.alice.recorder.on_offer = [&](SessionId id) { (void)world.alice.agent.AnswerOffer(id, "alice-answers"); };
    REQUIRE(world.alice.agent.Reoffer(mine, "from-alice").ok());
    REQUIRE(world.bob.agent.Reoffer(theirs, "from-bob").ok());
    world.RunFor(5s);
    CHECK(world.OnWire("491") == 2);
    CHECK(world.alice.recorder.Has("reoffer 200 bob-answers"));
    CHECK(world.bob.recorder.Has("reoffer 200 alice-answers"));
}

TEST_CASE("sip session: a second offer of the peer before our reply gets 500 with Retry-After", "[sip]") {
    World world;
    const auto [mine, theirs] = world.Connect();
    REQUIRE(world.alice.agent.Reoffer(mine, "first").ok());
    world.RunFor(50ms);
    Message second = world.last["INVITE"];
    second.Set("CSeq", "77 UPDATE");
    Message update = Message::Request("UPDATE", second.uri());
    for (const auto& header : second.headers()) update.Add(header.name, header.value);
    update.Set("Via", "SIP/2.0/UDP 192.0.2.1;branch=z9hG4bKother");
    update.SetBody("application/sdp", "second");
    world.bob.transport.Deliver(update.ToString(), world.alice.transport.Self());
    REQUIRE_FALSE(world.bob.transport.sent.empty());
    CHECK(world.bob.transport.sent.back().message.status() == 500);
    CHECK(world.bob.transport.sent.back().message.Find("Retry-After") != nullptr);
}

TEST_CASE("sip session: an offer that is not answered is refused before the peer gives up", "[sip]") {
    World world;
    const auto [mine, theirs] = world.Connect();
    REQUIRE(world.alice.agent.Reoffer(mine, "ignored").ok());
    world.RunFor(31s);
    CHECK(world.alice.recorder.Has("reoffer 500 "));
}

TEST_CASE("sip session: a request of a stranger, an old CSeq and a gone dialog change nothing", "[sip]") {
    World world;
    const auto [mine, theirs] = world.Connect();
    Message bye = Message::Request("BYE", ParseUri("sip:bob@192.0.2.2").value());
    const Message& ack = world.last["ACK"];
    for (const char* name : {"From", "To", "Call-ID"}) bye.Add(name, std::string(ack.Get(name)));
    bye.Add("Via", "SIP/2.0/UDP 192.0.2.1;branch=z9hG4bKx1");
    bye.Add("Max-Forwards", "70");
    bye.Add("CSeq", "0 BYE");
    world.bob.transport.Deliver(bye.ToString(), world.alice.transport.Self());
    CHECK(world.bob.transport.sent.back().message.status() == 500);
    bye.Set("From", "<sip:alice@192.0.2.1>;tag=forged");
    bye.Set("CSeq", "9 BYE");
    bye.Set("Via", "SIP/2.0/UDP 192.0.2.1;branch=z9hG4bKx2");
    world.bob.transport.Deliver(bye.ToString(), world.alice.transport.Self());
    CHECK(world.bob.transport.sent.back().message.status() == 481);
    bye.Set("Call-ID", "unknown");
    bye.Set("Via", "SIP/2.0/UDP 192.0.2.1;branch=z9hG4bKx3");
    world.bob.transport.Deliver(bye.ToString(), world.alice.transport.Self());
    CHECK(world.bob.transport.sent.back().message.status() == 481);
    CHECK(world.bob.agent.View(theirs)->state == SessionState::kConfirmed);
}

TEST_CASE("sip session: a key by INFO is told, other INFO is handed on", "[sip]") {
    World world;
    const auto [mine, theirs] = world.Connect();
    REQUIRE(world.alice.agent.SendInfo(mine, "application/dtmf-relay", "Signal=5\r\nDuration=200\r\n").ok());
    REQUIRE(world.alice.agent.SendInfo(mine, "text/plain", "hello").ok());
    world.RunFor(50ms);
    CHECK(world.bob.recorder.Has("digit 5 200"));
    CHECK(world.bob.recorder.Has("info hello"));
}

TEST_CASE("sip session: a dead peer found by a re-INVITE ends the call", "[sip]") {
    World world;
    const auto [mine, theirs] = world.Connect();
    world.lost = [](const Message&) { return true; };
    REQUIRE(world.alice.agent.Reoffer(mine, "hold").ok());
    world.RunFor(66s);
    CHECK(world.alice.recorder.cause.kind == EndCause::Kind::kTimeout);
    CHECK(world.alice.agent.session_count() == 0);
}

TEST_CASE("sip session: calls beyond the limit are refused in both directions", "[sip]") {
    UserAgentSettings settings;
    settings.max_sessions = 1;
    World world(settings);
    world.Connect();
    InviteRequest request;
    request.to = ParseUri("sip:bob@192.0.2.2").value();
    CHECK(world.alice.agent.Invite(request).error().reason == "TOO_MANY_SESSIONS");
}

}  // namespace
}  // namespace trunkline::sip
