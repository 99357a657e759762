// Dialogs made by the INVITE of a peer (RFC 3261 section 12.1.1), old ones included.
#include "sip/dialog.hpp"

#include <catch2/catch.hpp>

#include "sip/test_kit.hpp"

namespace trunkline::sip {
namespace {
using namespace std::chrono_literals;
using kit::Address;

// The INVITE of an RFC 2543 element: no branch, no tag, no Max-Forwards, no Contact.
Message OldInvite(const std::string& from = "<sip:+13035551111@192.0.2.77;user=phone?Subject=x>") {
    Message invite = Message::Request("INVITE", ParseUri("sip:bob@192.0.2.2").value());
    invite.Add("Via", "SIP/2.0/UDP 192.0.2.1");
    invite.Add("From", from);
    invite.Add("To", "<sip:bob@192.0.2.2>");
    invite.Add("Call-ID", "old");
    invite.Add("CSeq", "56 INVITE");
    invite.SetBody("application/sdp", "offer");
    return invite;
}

const Peer kSource{Protocol::kTcp, Address("192.0.2.1", 40000), 7, ""};

TEST_CASE("sip dialog: a Contact is the remote target", "[sip]") {
    Message invite = OldInvite();
    invite.Add("Contact", "<sip:line@192.0.2.9:5070>");
    CHECK(Dialog::FromRequest(invite, "t", kSource)->remote_target.ToString() == "sip:line@192.0.2.9:5070");
}

TEST_CASE("sip dialog: a Contact without a value makes no dialog", "[sip]") {
    Message invite = OldInvite();
    invite.Add("Contact", "");
    CHECK_FALSE(Dialog::FromRequest(invite, "t", kSource).ok());
}

TEST_CASE("sip dialog: without a Contact the remote target is the From, as in RFC 2543", "[sip]") {
    const auto dialog = Dialog::FromRequest(OldInvite(), "t", kSource);
    REQUIRE(dialog.ok());
    CHECK(dialog->remote_target.ToString() == "sip:+13035551111@192.0.2.77;user=phone");
    CHECK(dialog->remote_tag.empty());
}

TEST_CASE("sip dialog: without a Contact, and a From without a host, it is where the INVITE came from", "[sip]") {
    const auto dialog = Dialog::FromRequest(OldInvite("<tel:+13035551111>"), "t", kSource);
    REQUIRE(dialog.ok());
    CHECK(dialog->remote_target.ToString() == "sip:+13035551111@192.0.2.1:40000;transport=tcp");
    CHECK(dialog->NextHop()->protocol == Protocol::kTcp);
}

TEST_CASE("sip dialog: a call without a Contact is answered, acknowledged and hung up", "[sip]") {
    kit::World world;
    auto& bob = world.bob;
    bob.recorder.on_invite = [&bob](SessionId id) { (void)bob.agent.Answer(id, "answer"); };
    const Peer alice = world.alice.transport.Self();
    bob.transport.Deliver(OldInvite().ToString(), alice);
    const Message answer = bob.transport.sent.back().message;
    REQUIRE(answer.status() == 200);

    Message ack = OldInvite();
    ack.SetBody("", "");
    ack.Set("CSeq", "56 ACK");
    ack.Set("To", std::string(answer.Get("To")));
    std::string wire = ack.ToString();
    wire.replace(0, 6, "ACK");
    bob.transport.Deliver(wire, alice);
    CHECK(bob.recorder.Has("confirmed"));

    bob.transport.sent.clear();
    REQUIRE(bob.agent.End(bob.recorder.incoming).ok());
    REQUIRE(bob.transport.sent.size() == 1);
    const auto& bye = bob.transport.sent.front();
    CHECK(bye.message.method() == "BYE");
    CHECK(bye.peer.address == Address("192.0.2.77"));
    CHECK(bye.message.uri().ToString() == "sip:+13035551111@192.0.2.77;user=phone");
}

}  // namespace
}  // namespace trunkline::sip
