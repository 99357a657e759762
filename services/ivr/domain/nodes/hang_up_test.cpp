// Ending calls; and voicemail, which is not there yet.
#include "ivr/domain/nodes/hang_up.hpp"

#include "ivr/domain/node_bench.hpp"
#include "ivr/domain/nodes/voicemail.hpp"

namespace trunkline::ivr {

TEST_CASE("hang up: a text is spoken first", "[ivr][node]") {
    NodeBench bench;
    HangUp node;
    node.text = {"再见", ""};
    CHECK(bench.Start(node) == "wait");
    CHECK(bench.commands == Commands{Spoken("再见")});
    CHECK(bench.On(node, Played{}) == "end HUNG_UP");
    CHECK(bench.commands == Commands{HangUpCall{}});
    CHECK(bench.On(node, PlayFailed{}) == "end HUNG_UP");
}

TEST_CASE("hang up: a call that was not answered is turned away", "[ivr][node]") {
    NodeBench bench;
    CHECK(bench.Start(HangUp{}) == "end HUNG_UP");
    CHECK(bench.commands == Commands{HangUpCall{}});
    bench.call.answered = false;
    bench.Start(HangUp{});
    CHECK(bench.commands == Commands{RejectCall{480}});
}

TEST_CASE("voicemail: is refused when published", "[ivr][node]") {
    CHECK(NodeBench::Faults(Voicemail{}) == std::vector<std::string>{"NOT_SUPPORTED"});
}

}  // namespace trunkline::ivr
