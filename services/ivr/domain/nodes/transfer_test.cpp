// Transfers out of self service.
#include "ivr/domain/nodes/transfer.hpp"

#include "ivr/domain/node_bench.hpp"

namespace trunkline::ivr {
namespace {

using namespace std::chrono_literals;

Transfer ToCityHotline() {
    Transfer node;
    node.number = "12345";
    node.trunk = "city";
    node.failed = "sorry";
    return node;
}

const LegId kParty{"id-1"};
const PlayPrompt kRinging{{Tone{450, 1s}, Silence{4s}}, false, true, std::nullopt};

}  // namespace

TEST_CASE("transfer: the caller hears ringing, is connected, and the party's end ends the call", "[ivr][node]") {
    NodeBench bench;
    bench.variables["from_number"] = "13800000000";
    const Transfer node = ToCityHotline();
    CHECK(bench.Start(node) == "wait");
    CHECK(bench.commands == Commands{kRinging, DialParty{kParty, "", "12345", "city", "13800000000", 30s}});
    CHECK(bench.On(node, PartyAnswered{kParty}) == "wait");
    CHECK(bench.commands == Commands{BridgeParty{LegId{"caller"}, kParty}});
    CHECK(bench.On(node, PartyBridged{kParty}) == "end TRANSFERRED");
    CHECK(bench.On(node, PartyEnded{kParty}) == "end TRANSFERRED");
    CHECK(bench.commands == Commands{HangUpCall{}});
}

TEST_CASE("transfer: what the two say is recorded when the flow wants it, and goes on when it cannot be",
          "[ivr][node]") {
    NodeBench bench;
    Transfer node = ToCityHotline();
    node.record = true;
    bench.Start(node);
    CHECK(bench.On(node, PartyAnswered{kParty}) == "wait");
    CHECK(bench.commands == Commands{RecordCall{RecordingId{"id-2"}}, BridgeParty{LegId{"caller"}, kParty}});
    CHECK(bench.On(node, CommandRefused{"RECORDING_FAILED"}) == "wait");
    CHECK(bench.call.party == kParty);
}

TEST_CASE("transfer: a party who does not answer takes the failed exit", "[ivr][node]") {
    NodeBench bench;
    const Transfer node = ToCityHotline();
    bench.Start(node);
    CHECK(bench.On(node, PartyEnded{LegId{"another"}}) == "wait");
    CHECK(bench.On(node, PartyEnded{kParty}) == "failed -> sorry");
    CHECK(bench.call.party.empty());
}

TEST_CASE("transfer: a call that cannot be placed takes the failed exit", "[ivr][node]") {
    NodeBench bench;
    const Transfer node = ToCityHotline();
    bench.Start(node);
    CHECK(bench.On(node, CommandRefused{"UNKNOWN_TRUNK"}) == "failed -> sorry");
}

TEST_CASE("transfer: after a restart a connected party stays, a ringing one is rung anew", "[ivr][node]") {
    NodeBench bench;
    const Transfer node = ToCityHotline();
    bench.call.party = LegId{"old"};
    CHECK(bench.Start(node) == "wait");
    CHECK(bench.commands.front() == Command(HangUpParty{LegId{"old"}}));
    CHECK(bench.commands.size() == 3);
    bench.call.party_bridged = true;
    CHECK(bench.Start(node) == "end TRANSFERRED");
    CHECK(bench.commands.empty());
}

TEST_CASE("transfer: one target, and a trunk for a number outside", "[ivr][node]") {
    CHECK(NodeBench::Faults(ToCityHotline()).empty());
    Transfer node = ToCityHotline();
    node.phone = "1001";
    CHECK(NodeBench::Faults(node).size() == 1);
    node.phone = node.trunk = "";
    CHECK(NodeBench::Faults(node).size() == 1);
}

}  // namespace trunkline::ivr
