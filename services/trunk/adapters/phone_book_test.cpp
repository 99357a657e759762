// Phones coming and going, and what proves who they are.
#include "trunk/adapters/phone_book.hpp"

#include <catch2/catch.hpp>

#include "testing/manual_clock.hpp"
#include "trunk/adapters/digest_gate.hpp"

using namespace std::chrono_literals;
using namespace trunkline;
using namespace trunkline::trunk;

namespace {

sip::Message Register(const std::string& host, const std::string& expires = "3600") {
    auto message = sip::Message::Request("REGISTER", *sip::ParseUri("sip:" + host));
    message.Add("Via", "SIP/2.0/UDP 192.0.2.9:5060;branch=z9hG4bK1");
    message.Add("From", "<sip:1001@" + host + ">;tag=a");
    message.Add("To", "<sip:1001@" + host + ">");
    message.Add("Call-ID", "call-" + host);
    message.Add("CSeq", "1 REGISTER");
    message.Add("Contact", "<sip:1001@10.0.0.5:5062>");
    message.Add("Expires", expires);
    return message;
}

struct Scene {
    testing::ManualClock clock;
    Directory directory;
    PhoneBook phones{directory, {}};
    sip::Peer source;
    std::vector<std::string> changes;

    Scene() {
        directory.Put(Phone{"1001", "secret", ""});
        directory.Put(Phone{"1002", "", "sip:1002@192.0.2.8:5070"});
        source.address = *sip::SocketAddress::Parse("192.0.2.9", 5060);
        phones.OnChange(
            [this](const std::string& phone, bool registered, const std::string&, const std::string& reason) {
                changes.push_back(phone + (registered ? " came" : " went " + reason));
            });
    }
};

}  // namespace

TEST_CASE("phones: a registered one is reached where its REGISTER came from", "[trunk][phones]") {
    Scene scene;
    CHECK(scene.phones.Route("1001", scene.clock.SteadyNow()).error().reason == "PHONE_NOT_REGISTERED");
    const auto reply = scene.phones.Register("1001", Register("trunk.example"), scene.source, scene.clock.SteadyNow());
    CHECK(reply.status == 200);
    const auto route = scene.phones.Route("1001", scene.clock.SteadyNow());
    REQUIRE(route.ok());
    CHECK(route->target.port == 5062);
    CHECK(route->next_hop->host == "192.0.2.9");
    CHECK(scene.phones.Reachable() == std::vector<std::string>{"1001", "1002"});
    CHECK(scene.changes == std::vector<std::string>{"1001 came"});
}

TEST_CASE("phones: it is one phone under whatever name it knows this host", "[trunk][phones]") {
    Scene scene;
    const auto now = scene.clock.SteadyNow();
    scene.phones.Register("1001", Register("trunk.example"), scene.source, now);
    scene.phones.Register("1001", Register("192.0.2.1"), scene.source, now);
    CHECK(scene.phones.registered() == 1);
    CHECK(scene.changes.size() == 1);
}

TEST_CASE("phones: going by itself and running out are told apart", "[trunk][phones]") {
    Scene scene;
    scene.phones.Register("1001", Register("a.example"), scene.source, scene.clock.SteadyNow());
    scene.clock.Advance(3601s);
    scene.phones.Expire(scene.clock.SteadyNow());
    CHECK(scene.changes.back() == "1001 went EXPIRED");
    CHECK_FALSE(scene.phones.IsReachable("1001"));
    scene.phones.Register("1001", Register("b.example"), scene.source, scene.clock.SteadyNow());
    auto remove = Register("b.example", "0");
    remove.Set("CSeq", "2 REGISTER");
    scene.phones.Register("1001", remove, scene.source, scene.clock.SteadyNow());
    CHECK(scene.changes.back() == "1001 went REMOVED");
}

TEST_CASE("phones: a static one needs no registration, a deleted one is gone", "[trunk][phones]") {
    Scene scene;
    const auto route = scene.phones.Route("1002", scene.clock.SteadyNow());
    REQUIRE(route.ok());
    CHECK(route->target.host == "192.0.2.8");
    CHECK_FALSE(route->next_hop);
    REQUIRE(scene.directory.DeletePhone("1002").ok());
    CHECK_FALSE(scene.phones.IsReachable("1002"));
    CHECK(scene.phones.Route("1002", scene.clock.SteadyNow()).error().reason == "PHONE_NOT_REGISTERED");
}

namespace {

struct Door {
    testing::ManualClock clock;
    Directory directory;
    DigestGate gate{directory, "trunkline", "0123456789abcdef", clock};

    Door() {
        directory.Put(Phone{"1001", sip::DigestSecret(sip::DigestAlgorithm::kMd5, "1001", "trunkline", "right"), ""});
        directory.Put(Phone{"1003", "", "sip:1003@192.0.2.8"});
    }
    // A REGISTER that answers the gate's challenge.
    sip::Message Signed(const std::string& user, const std::string& password) {
        auto message = Register("trunk.example");
        const auto challenge = sip::ParseChallenge(gate.Challenge(message).value);
        const sip::DigestUser who{user, sip::DigestSecret(sip::DigestAlgorithm::kMd5, user, "trunkline", password)};
        message.Set("Authorization",
                    sip::AnswerChallenge(*challenge, who, {"REGISTER", "sip:trunk.example"}, "cnonce", 1).ToString());
        return message;
    }
};

}  // namespace

TEST_CASE("digest: only the right password of a known phone proves it", "[trunk][phones]") {
    Door door;
    CHECK_FALSE(door.gate.ProvenPhone(Register("trunk.example")));
    CHECK(door.gate.ProvenPhone(door.Signed("1001", "right")) == "1001");
    CHECK_FALSE(door.gate.ProvenPhone(door.Signed("1001", "wrong")));
    CHECK_FALSE(door.gate.ProvenPhone(door.Signed("1002", "right")));
    CHECK_FALSE(door.gate.ProvenPhone(door.Signed("1003", "")));
}

TEST_CASE("digest: an old answer is challenged again as stale", "[trunk][phones]") {
    Door door;
    const auto message = door.Signed("1001", "right");
    door.clock.Advance(6min);
    CHECK_FALSE(door.gate.ProvenPhone(message));
    CHECK(sip::ParseChallenge(door.gate.Challenge(message).value)->is_stale);
    CHECK_FALSE(sip::ParseChallenge(door.gate.Challenge(Register("trunk.example")).value)->is_stale);
}

TEST_CASE("digest: a trunk proves itself with its own name and password", "[trunk][phones]") {
    Door door;
    CarrierTrunk trunk;
    trunk.username = "carrier";
    trunk.password = "secret";
    CHECK(door.gate.ProvesTrunk(door.Signed("carrier", "secret"), trunk));
    CHECK_FALSE(door.gate.ProvesTrunk(door.Signed("carrier", "wrong"), trunk));
    CHECK_FALSE(door.gate.ProvesTrunk(door.Signed("1001", "right"), trunk));
}
