// What screens hear: every fact from now on, once and in order, or that something was missed.
#include "bus/tail.hpp"

#include <mutex>

#include "bus/bus_fixture.hpp"

namespace trunkline::bus {
namespace {

using Texts = std::vector<std::string>;

// A tail of one source that writes down what it is told.
class Screen {
 public:
    explicit Screen(ScriptedSource& source, uint64_t longest_gap = 5'000) {
        TailHandlers handlers;
        handlers.event = [this](const Received& event) { Note(event.payload); };
        handlers.missed = [this](const std::string& name) { Note("missed " + name); };
        handlers.heard = [this](const std::string&) {
            const std::lock_guard lock(mutex_);
            ++heard_;
        };
        tail_ = std::make_unique<Tail>(TailConfig{{source.source()}, {}, longest_gap}, std::move(handlers));
        tail_->Start();
        source.AwaitSubscriber();
    }

    Texts Told() {
        const std::lock_guard lock(mutex_);
        return told_;
    }
    int Heard() {
        const std::lock_guard lock(mutex_);
        return heard_;
    }
    bool Shows(const Texts& texts) {
        return Eventually([&] { return Told() == texts; });
    }

 private:
    void Note(const std::string& text) {
        const std::lock_guard lock(mutex_);
        told_.push_back(text);
    }

    std::mutex mutex_;
    Texts told_;
    int heard_ = 0;
    std::unique_ptr<Tail> tail_;
};

TEST_CASE("tail: it begins with the first fact it hears, not with those before", "[bus][database]") {
    ScriptedSource source;
    source.Store("a", "before");
    Screen screen(source);
    source.Publish(2, "a", "now");
    CHECK(screen.Shows({"now"}));
}

TEST_CASE("tail: facts that travel many in one message come one by one", "[bus][database]") {
    ScriptedSource source;
    Screen screen(source);
    source.PublishTogether(1, "a", {"one", "two", "three"});
    source.Publish(4, "a", "four");
    CHECK(screen.Shows({"one", "two", "three", "four"}));
}

TEST_CASE("tail: duplicates, junk and foreign sources are not told", "[bus][database]") {
    ScriptedSource source;
    Screen screen(source);
    source.Publish(1, "a", "one");
    source.Publish(1, "a", "one");
    source.Send({v1::ReplayResponse::descriptor()->full_name(), "\x0a junk"});
    source.Send({v1::Heartbeat::descriptor()->full_name(), "\x0a junk"});
    v1::Envelope foreign = source.MakeEnvelope(2, "a", "foreign");
    foreign.set_source("stranger");
    source.Send({foreign.type(), foreign.SerializeAsString()});
    source.Publish(2, "a", "two");
    CHECK(screen.Shows({"one", "two"}));
}

TEST_CASE("tail: a hole is filled from the outbox, in order", "[bus][database]") {
    ScriptedSource source;
    for (const char* text : {"one", "two", "three"}) source.Store("a", text);
    Screen screen(source);
    source.Publish(1, "a", "one");
    source.Publish(3, "a", "three");
    CHECK(screen.Shows({"one", "two", "three"}));
}

TEST_CASE("tail: a heartbeat tells that nothing is missing, or shows a hole at the end", "[bus][database]") {
    ScriptedSource source;
    for (const char* text : {"one", "two"}) source.Store("a", text);
    Screen screen(source);
    source.Heartbeat(1);
    CHECK(Eventually([&] { return screen.Heard() == 1; }));
    CHECK(screen.Told().empty());
    source.Heartbeat(2);
    CHECK(screen.Shows({"two"}));
}

TEST_CASE("tail: a gap that is too long to read again is told as missed, and it goes on behind it", "[bus][database]") {
    ScriptedSource source;
    for (const char* text : {"one", "two", "three", "four"}) source.Store("a", text);
    Screen screen(source, 2);
    source.Publish(1, "a", "one");
    source.Publish(4, "a", "four");
    REQUIRE(screen.Shows({"one", "missed source"}));
    source.Publish(5, "a", "five");
    CHECK(screen.Shows({"one", "missed source", "five"}));
}

}  // namespace
}  // namespace trunkline::bus
