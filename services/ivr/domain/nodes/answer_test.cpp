// Picking up.
#include "ivr/domain/nodes/answer.hpp"

#include "ivr/domain/node_bench.hpp"

namespace trunkline::ivr {

TEST_CASE("answer: picks up and goes on when the caller's leg is up", "[ivr][node]") {
    NodeBench bench;
    bench.call.answered = false;
    Answer node;
    node.next = "hello";
    CHECK(bench.Start(node) == "wait");
    CHECK(bench.commands == Commands{AnswerCall{}});
    CHECK(bench.On(node, Played{}) == "wait");
    CHECK(bench.On(node, CallAnswered{}) == "next -> hello");
}

TEST_CASE("answer: a call that is up already goes on at once", "[ivr][node]") {
    NodeBench bench;
    Answer node;
    node.next = "hello";
    CHECK(bench.Start(node) == "next -> hello");
    CHECK(bench.commands.empty());
}

TEST_CASE("answer: a refused answer fails the flow", "[ivr][node]") {
    NodeBench bench;
    CHECK(bench.On(Answer{}, CommandRefused{"NO_MEDIA_PORT"}) == "fail NO_MEDIA_PORT");
}

}  // namespace trunkline::ivr
