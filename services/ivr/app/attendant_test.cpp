// Calls on the attendant: the whole way, restarts at every node, versions, refusals, prompts that are not there yet.
#include "ivr/app/attendant.hpp"

#include "ivr/app/attendant_bench.hpp"
#include "ivr/domain/nodes/answer.hpp"
#include "ivr/domain/nodes/hang_up.hpp"
#include "ivr/domain/nodes/look_up.hpp"
#include "ivr/domain/nodes/menu.hpp"
#include "ivr/domain/nodes/queue.hpp"
#include "ivr/domain/nodes/say.hpp"

namespace trunkline::ivr {
namespace {

using Words = std::vector<std::string>;

template <class Kind, class Fill>
FlowNode Make(const std::string& id, Fill fill) {
    auto node = std::make_unique<Kind>();
    fill(*node);
    return {id, std::move(node)};
}

}  // namespace

FlowBook::Page SmallFlow(uint32_t version, const std::string& greeting) {
    auto flow = std::make_shared<Flow>();
    flow->name = "small";
    flow->entry = "pick_up";
    flow->nodes.push_back(Make<Answer>("pick_up", [](Answer& node) { node.next = "greeting"; }));
    flow->nodes.push_back(Make<Say>("greeting", [&](Say& node) {
        node.text.words = greeting;
        node.next = "menu";
    }));
    flow->nodes.push_back(Make<Menu>("menu", [](Menu& node) {
        node.text.words = "menu";
        node.wrong_text = "wrong";
        node.keys = {{"1", "queue"}};
        node.failed = "sorry";
    }));
    flow->nodes.push_back(Make<Queue>("queue", [](Queue& node) {
        node.queue = "complaints";
        node.failed = "sorry";
    }));
    flow->nodes.push_back(Make<HangUp>("sorry", [](HangUp& node) { node.text.words = "hello"; }));
    return {{{"small", version}, "", "", {}, true}, flow};
}

AttendantBench::AttendantBench() : attendant(std::make_unique<Attendant>(Ports())) { book.Put(SmallFlow(1, "hello")); }

TEST_CASE("attendant: a caller is greeted, keys one and reaches the queue", "[ivr][attendant]") {
    AttendantBench bench;
    bench.On(CallOffered{bench.Caller(false)});
    CHECK(bench.link.Take() == Words{"answer"});
    bench.On(LegAnswered{LegId{"caller"}});
    CHECK(bench.link.Take() == Words{"play hello"});
    bench.PlayEnds();
    CHECK(bench.link.Take() == Words{"play menu"});
    bench.Key("7");
    CHECK(bench.link.Take() == Words{"play wrong menu"});
    bench.Key("1");
    CHECK(bench.link.Take() == Words{"hand over to acd"});
    CHECK(bench.link.data["queue"] == "complaints");
    CHECK(bench.facts.Take() == Words{"started small 1", "entered pick_up 1", "left pick_up by next",
                                      "entered greeting 2", "left greeting by next", "entered menu 3",
                                      "left menu by wrong key 7", "entered menu 4", "left menu by key 1",
                                      "entered queue 5", "ended QUEUED"});
}

TEST_CASE("attendant: a restart at each node goes on at that node", "[ivr][attendant]") {
    AttendantBench bench;
    bench.On(CallOffered{bench.Caller(false)});
    bench.Restart(false);
    CHECK(bench.link.Take() == Words{"answer"});
    bench.On(LegAnswered{LegId{"caller"}});
    bench.Restart(true);
    CHECK(bench.link.Take() == Words{"play hello"});
    CHECK(bench.facts.Take() == Words{"started small 1", "entered greeting 2"});
    bench.PlayEnds();
    bench.Restart(true);
    CHECK(bench.link.Take() == Words{"play menu"});
    bench.Key("1");
    bench.Restart(true);
    // The hand-over had not arrived, or the call would not be ours.
    CHECK(bench.link.Take() == Words{"hand over to acd"});
}

TEST_CASE("attendant: a call stays on the version it began with, new calls get the current one", "[ivr][attendant]") {
    AttendantBench bench;
    bench.On(CallOffered{bench.Caller(false)});
    bench.book.Put(SmallFlow(2, "menu"));
    bench.On(LegAnswered{LegId{"caller"}});
    bench.Restart(true);
    CHECK(bench.link.Take() == Words{"play hello"});
    bench.On(CallEnded{});
    bench.link.data.clear();
    bench.On(CallOffered{bench.Caller(false)});
    bench.link.Take();
    bench.On(LegAnswered{LegId{"caller"}});
    CHECK(bench.link.Take() == Words{"play menu"});
}

// who -> queue, before the call is answered.
FlowBook::Page LookUpFlow() {
    auto flow = std::make_shared<Flow>();
    flow->name = "small";
    flow->entry = "who";
    flow->nodes.push_back(Make<ivr::LookUp>("who", [](ivr::LookUp& node) { node.known = node.unknown = "queue"; }));
    flow->nodes.push_back(Make<Queue>("queue", [](Queue& node) {
        node.queue = "complaints";
        node.failed = "sorry";
    }));
    flow->nodes.push_back(Make<HangUp>("sorry", [](HangUp&) {}));
    return {{{"small", 2}, "", "", {}, true}, flow};
}

TEST_CASE("attendant: a caller is looked up, and his level and manager reach the queue", "[ivr][attendant]") {
    AttendantBench bench;
    bench.book.Put(LookUpFlow());
    bench.On(CallOffered{bench.Caller(false)});
    CHECK(bench.callers.asked == Words{"13800000000"});
    CHECK(bench.link.Take().empty());
    bench.callers.waiting(CallerFacts{"c-1", 3, "1002", "", {}, "en"});
    CHECK(bench.link.Take() == Words{"hand over to acd"});
    CHECK(bench.link.data["priority"] == "3");
    CHECK(bench.link.data["account_manager"] == "1002");
    CHECK(bench.link.data["language"] == "en");
}

TEST_CASE("attendant: an answer for a caller who has gone, or that was asked before a restart, is dropped",
          "[ivr][attendant]") {
    AttendantBench bench;
    bench.book.Put(LookUpFlow());
    bench.On(CallOffered{bench.Caller(false)});
    const auto first = bench.callers.waiting;
    bench.attendant->OnSnapshot({bench.Caller(false)}, {});
    first(CallerFacts{"c-1", 3, "", "", {}, ""});
    CHECK(bench.link.Take().empty());
    bench.callers.waiting(std::nullopt);
    CHECK(bench.link.Take() == Words{"hand over to acd"});
    CHECK(bench.link.data["priority"] == "0");
    bench.On(CallEnded{});
    bench.callers.waiting(std::nullopt);
    CHECK(bench.link.Take().empty());
}

TEST_CASE("attendant: variables outlive a restart", "[ivr][attendant]") {
    AttendantBench bench;
    bench.ReachMenu();
    const auto checkpoint = FromData(bench.link.data);
    REQUIRE(checkpoint);
    CHECK(checkpoint->progress.node == "menu");
    CHECK(checkpoint->progress.variables.at("from_number") == "13800000000");
    CHECK(checkpoint->flow == FlowVersion{"small", 1});
}

TEST_CASE("attendant: a broken link goes on where the caller is, even if the gateway missed the last step",
          "[ivr][attendant]") {
    AttendantBench bench;
    bench.ReachMenu();
    const Call behind = bench.Caller(true);
    bench.Key("1");
    bench.link.Take();
    bench.attendant->OnSnapshot({behind}, {});
    CHECK(bench.link.Take() == Words{"hand over to acd"});
}

TEST_CASE("attendant: a queue that does not take the caller is left by its failed exit", "[ivr][attendant]") {
    AttendantBench bench;
    bench.ReachMenu();
    bench.Key("1");
    bench.link.Take();
    SECTION("the router gives the call back") {
        bench.epoch = 3;
        bench.link.data["queue_result"] = "UNKNOWN_QUEUE";
        bench.On(CallOffered{bench.Caller(true)});
        CHECK(bench.link.last_epoch == 3);
        CHECK_FALSE(bench.link.data.contains("queue_result"));
    }
    SECTION("the gateway refuses the hand-over") { bench.On(CommandFailed{bench.link.last_id, "INVALID"}); }
    CHECK(bench.link.Take() == Words{"play hello"});
    bench.PlayEnds();
    CHECK(bench.link.Take() == Words{"hang up"});
}

TEST_CASE("attendant: the caller hanging up ends the flow, at most once", "[ivr][attendant]") {
    AttendantBench bench;
    bench.ReachMenu();
    bench.facts.Take();
    bench.link.Take();
    bench.On(CallEnded{});
    CHECK(bench.facts.Take() == Words{"left menu by hung up", "ended CALLER_HUNG_UP"});
    bench.Key("1");
    bench.On(CallEnded{});
    CHECK(bench.facts.Take().empty());
    CHECK(bench.link.Take().empty());
    CHECK(bench.attendant->calls() == 0);
}

TEST_CASE("attendant: a call that ended while there was no link is told as ended", "[ivr][attendant]") {
    AttendantBench bench;
    bench.ReachMenu();
    const Call ended = bench.Caller(false);
    bench.facts.Take();
    bench.link.Take();
    SECTION("by the process that served it") {}
    SECTION("by a new process") { bench.attendant = std::make_unique<Attendant>(bench.Ports()); }
    bench.attendant->OnSnapshot({}, {ended});
    CHECK(bench.facts.Take() == Words{"left menu by hung up", "ended CALLER_HUNG_UP"});
    CHECK(bench.link.Take().empty());
    CHECK(bench.attendant->calls() == 0);
}

TEST_CASE("attendant: a call without a flow is turned away", "[ivr][attendant]") {
    AttendantBench bench;
    bench.link.data["flow"] = "none";
    bench.On(CallOffered{bench.Caller(false)});
    CHECK(bench.link.Take() == Words{"reject 404"});
    bench.On(CallOffered{bench.Caller(true)});
    CHECK(bench.link.Take() == Words{"hang up"});
    CHECK(bench.facts.Take() == Words{"ended FAILED", "ended FAILED"});
}

TEST_CASE("attendant: a text that was never spoken is spoken before it is played", "[ivr][attendant]") {
    AttendantBench bench;
    bench.prompts.known.erase("hello");
    bench.On(CallOffered{bench.Caller(false)});
    bench.On(LegAnswered{LegId{"caller"}});
    CHECK(bench.link.Take() == Words{"answer"});
    SECTION("it works") {
        bench.prompts.Finish(true);
        CHECK(bench.link.Take() == Words{"play hello"});
    }
    SECTION("it fails, and the caller goes on without it") {
        bench.prompts.Finish(false);
        CHECK(bench.link.Take() == Words{"play menu"});
    }
    SECTION("the caller hangs up meanwhile") {
        bench.On(CallEnded{});
        bench.prompts.Finish(true);
        CHECK(bench.link.Take().empty());
    }
    SECTION("the link breaks meanwhile, and the prompt is asked for once") {
        bench.attendant->OnSnapshot({bench.Caller(true)}, {});
        bench.prompts.Finish(true);
        CHECK(bench.link.Take() == Words{"play hello"});
    }
}

TEST_CASE("attendant: a prompt that the gateway misses is pushed and played once more", "[ivr][attendant]") {
    AttendantBench bench;
    bench.On(CallOffered{bench.Caller(false)});
    bench.On(LegAnswered{LegId{"caller"}});
    bench.link.Take();
    bench.On(CommandFailed{bench.link.last_id, "PROMPT_MISSING"});
    CHECK(bench.link.Take().empty());
    bench.prompts.Finish(true);
    CHECK(bench.link.Take() == Words{"play hello"});
    bench.On(CommandFailed{bench.link.last_id, "PROMPT_MISSING"});
    CHECK(bench.link.Take() == Words{"play menu"});
}

TEST_CASE("attendant: late news of an older prompt changes nothing", "[ivr][attendant]") {
    AttendantBench bench;
    bench.On(CallOffered{bench.Caller(false)});
    bench.On(LegAnswered{LegId{"caller"}});
    const std::string greeting = bench.link.last_id;
    bench.PlayEnds();
    bench.link.Take();
    // To the menu a prompt that failed would mean its failed exit.
    bench.On(PlayFinished{greeting, true});
    bench.On(CommandFailed{"unknown", "INVALID"});
    CHECK(bench.link.Take().empty());
}

TEST_CASE("attendant: a late refusal of an older command changes nothing", "[ivr][attendant]") {
    AttendantBench bench;
    bench.On(CallOffered{bench.Caller(false)});
    const std::string answer = bench.link.last_id;
    bench.On(LegAnswered{LegId{"caller"}});
    bench.PlayEnds();
    bench.Key("1");
    bench.link.Take();
    // To the queue a refusal would mean its failed exit.
    bench.On(CommandFailed{answer, "WRONG_STATE"});
    CHECK(bench.link.Take().empty());
}

TEST_CASE("attendant: a prompt that was prepared for an older link is not played", "[ivr][attendant]") {
    AttendantBench bench;
    bench.prompts.known.erase("hello");
    bench.On(CallOffered{bench.Caller(false)});
    bench.On(LegAnswered{LegId{"caller"}});
    const auto older = bench.prompts.waiting;
    bench.attendant->OnSnapshot({bench.Caller(true)}, {});
    bench.link.Take();
    bench.prompts.known.insert("hello");
    older(true);
    CHECK(bench.link.Take().empty());
    bench.prompts.Finish(true);
    CHECK(bench.link.Take() == Words{"play hello"});
}

TEST_CASE("attendant: a caller who thinks for a minute is not forgotten", "[ivr][attendant]") {
    AttendantBench bench;
    bench.ReachMenu();
    bench.clock.Advance(std::chrono::seconds(61));
    bench.attendant->OnEvent(CallId{"other"}, CallOffered{Call{{CallId{"other"}, 1}, {}, "", "", {}, {}}});
    CHECK(bench.attendant->calls() == 1);
}

TEST_CASE("attendant: a call that is no longer ours is forgotten", "[ivr][attendant]") {
    AttendantBench bench;
    bench.ReachMenu();
    SECTION("the gateway says so") { bench.On(CommandFailed{bench.link.last_id, "STALE_EPOCH"}); }
    SECTION("a minute after it was handed over") {
        bench.Key("1");
        bench.clock.Advance(std::chrono::seconds(61));
        bench.attendant->OnEvent(CallId{"other"}, CallOffered{Call{{CallId{"other"}, 1}, {}, "", "", {}, {}}});
    }
    CHECK(bench.attendant->calls() == 0);
}

}  // namespace trunkline::ivr
