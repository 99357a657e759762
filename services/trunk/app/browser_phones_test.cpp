// Telephones in browsers between fakes of pages, lines and calls.
#include "trunk/app/browser_phones.hpp"

#include <catch2/catch.hpp>

#include "testing/manual_clock.hpp"
#include "testing/sequential_ids.hpp"

using namespace std::chrono_literals;
using namespace trunkline;
using namespace trunkline::trunk;

namespace {

struct FakeLines final : LinePort {
    std::vector<std::string> done;

    void Note(const std::string& what) { done.push_back(what); }
    Status Open(const LegId&) override {
        Note("open");
        return {};
    }
    void Close(const LegId&) override { Note("close"); }
    Result<std::string> Connect(const LegId&, const std::string& offer) override {
        if (offer == "bad") {
            return Error{Code::kInvalidArgument, "INVALID", "a bad offer"};
        }
        return "answer to " + offer;
    }
    Status OpenLeg(const LegId& leg) override {
        Note("open " + leg.str());
        return {};
    }
    void CloseLeg(const LegId& leg) override { Note("close " + leg.str()); }
    void Lend(const LegId&, const LegId& leg) override { Note("lend " + leg.str()); }
    void Direct(const LegId&, const LegId& leg, Way way) override {
        Note(std::string(way == Way::kBoth ? "both " : way == Way::kNone ? "none " : "listen ") + leg.str());
    }
    void Echo(const LegId&, bool on) override { Note(on ? "echo" : "no echo"); }
    Status PressDigits(const LegId& leg, const std::string& digits) override {
        Note("press " + leg.str() + " " + digits);
        return {};
    }
    bool Did(const std::string& what) const { return std::find(done.begin(), done.end(), what) != done.end(); }
};

struct FakePage final : BrowserPage {
    PageSnapshot snapshot;
    std::vector<BrowserLeg> legs;
    std::vector<BrowserMediaState> media;
    int signs = 0;
    bool is_superseded = false;

    void TellSnapshot(const PageSnapshot& told) override { snapshot = told; }
    void TellLeg(const BrowserLeg& leg) override { legs.push_back(leg); }
    void TellMedia(BrowserMediaState state) override { media.push_back(state); }
    void KeepAlive() override { ++signs; }
    void Supersede() override { is_superseded = true; }
};

// The phone 1001, and calls that do what they are told.
struct Scene {
    testing::ManualClock clock;
    testing::SequentialIds ids;
    FakeLines lines;
    std::vector<std::pair<std::string, bool>> presence;
    std::vector<Input> inputs;
    BrowserPhones phones{{lines, clock, ids}, 25s};

    Scene() {
        phones.Bind(
            [this](const LegId& leg, const Input& input) {
                inputs.push_back(input);
                if (const auto* ended = std::get_if<input::LegEnded>(&input)) {
                    phones.Tell(call, event::LegEnded{leg, ended->cause}, clock.Now());
                } else if (std::holds_alternative<input::MediaLost>(input)) {
                    phones.End(leg);
                    phones.Tell(call, event::LegEnded{leg, cause::kMediaTimeout}, clock.Now());
                }
            },
            [this](const std::string& phone, bool present) { presence.emplace_back(phone, present); });
        call.id = CallId("call");
        call.contact = ContactId("contact");
    }

    std::shared_ptr<FakePage> Watch(bool connect = true) {
        auto page = std::make_shared<FakePage>();
        phones.Watch("1001", page);
        if (connect) {
            REQUIRE(phones.Connect("1001", page->snapshot.session, "offer").ok());
        }
        return page;
    }
    void Ring(const std::string& leg) {
        action::Dial dial;
        dial.leg = LegId(leg);
        dial.target = PhoneTarget{"1001"};
        dial.caller_number = "13800138000";
        dial.ring_limit = 20s;
        dial.headers = {{"X-Trunkline-Queue", "complaints"}};
        REQUIRE(phones.Dial(dial).ok());
        phones.Tell(call, event::LegStarted{dial.leg}, clock.Now());
    }
    void Wait(Duration time) {
        for (Duration waited{}; waited < time; waited += 1s) {
            clock.Advance(1s);
            phones.Sweep();
        }
    }
    template <class Wanted>
    size_t Count() const {
        return static_cast<size_t>(std::count_if(
            inputs.begin(), inputs.end(), [](const Input& input) { return std::holds_alternative<Wanted>(input); }));
    }

    Call call;
};

const LegId kLeg{"leg"};
using State = BrowserLeg::State;

}  // namespace

TEST_CASE("a phone is present from its first page to the end of the grace", "[browser]") {
    Scene scene;
    CHECK_FALSE(scene.phones.IsPresent("1001"));
    const auto page = scene.Watch();
    CHECK(page->snapshot.grace == 25s);
    CHECK(scene.phones.IsPresent("1001"));
    scene.phones.Unwatch("1001", page.get());
    scene.Wait(24s);
    CHECK(scene.phones.IsPresent("1001"));
    scene.Wait(2s);
    CHECK_FALSE(scene.phones.IsPresent("1001"));
    CHECK(scene.presence == std::vector<std::pair<std::string, bool>>{{"1001", true}, {"1001", false}});
    CHECK(scene.lines.Did("close"));
    CHECK(scene.phones.size() == 0);
}

TEST_CASE("a call rings on the page, is answered and ends", "[browser]") {
    Scene scene;
    const auto page = scene.Watch();
    scene.Ring("leg");
    REQUIRE(page->legs.size() == 1);
    CHECK(page->legs[0].state == State::kRinging);
    CHECK(page->legs[0].caller_number == "13800138000");
    CHECK(page->legs[0].contact.str() == "contact");
    CHECK(page->legs[0].data.at("X-Trunkline-Queue") == "complaints");
    CHECK(scene.Count<input::LegRang>() == 1);
    REQUIRE(scene.phones.AnswerLeg("1001", kLeg).ok());
    CHECK(scene.Count<input::LegAnswered>() == 1);
    CHECK(scene.lines.Did("lend leg"));
    CHECK(scene.phones.AnswerLeg("1001", kLeg).error().reason == "WRONG_STATE");
    REQUIRE(scene.phones.HangUpLeg("1001", kLeg).ok());
    CHECK(page->legs.back().state == State::kEnded);
    CHECK(page->legs.back().cause.reason == "REMOTE_HANG_UP");
    CHECK(scene.lines.Did("close leg"));
    CHECK_FALSE(scene.phones.Has(kLeg));
}

TEST_CASE("a ringing leg may be refused, and is not answered for ever", "[browser]") {
    Scene scene;
    const auto page = scene.Watch();
    scene.Ring("leg");
    REQUIRE(scene.phones.RejectLeg("1001", kLeg).ok());
    CHECK(page->legs.back().cause.reason == "REJECTED");
    scene.Ring("leg");
    scene.Wait(21s);
    CHECK(page->legs.back().cause.reason == "NO_ANSWER");
}

TEST_CASE("a call that the page has not connected for cannot be answered", "[browser]") {
    Scene scene;
    const auto page = scene.Watch(false);
    scene.Ring("leg");
    CHECK(scene.phones.AnswerLeg("1001", kLeg).error().reason == "NO_MEDIA");
    CHECK(scene.phones.AnswerLeg("1001", LegId("other")).error().reason == "UNKNOWN_LEG");
    CHECK(scene.phones.AnswerLeg("1002", kLeg).error().reason == "UNKNOWN_LEG");
    CHECK(scene.phones.Connect("1001", page->snapshot.session, "bad").error().reason == "INVALID");
    REQUIRE(scene.phones.Connect("1001", page->snapshot.session, "offer").ok());
    CHECK(scene.phones.AnswerLeg("1001", kLeg).ok());
}

TEST_CASE("a newer page takes the phone with its legs; the older one is told and can do nothing more", "[browser]") {
    Scene scene;
    const auto first = scene.Watch();
    scene.Ring("leg");
    REQUIRE(scene.phones.AnswerLeg("1001", kLeg).ok());
    const auto second = scene.Watch(false);
    CHECK(first->is_superseded);
    REQUIRE(second->snapshot.legs.size() == 1);
    CHECK(second->snapshot.legs[0].state == State::kUp);
    CHECK(scene.phones.Connect("1001", first->snapshot.session, "offer").error().reason == "SUPERSEDED");
    scene.phones.Unwatch("1001", first.get());
    CHECK(scene.phones.Connect("1001", second->snapshot.session, "offer 2").value() == "answer to offer 2");
    scene.Wait(60s);
    CHECK(scene.phones.Has(kLeg));
    CHECK(scene.phones.IsPresent("1001"));
}

TEST_CASE("a page that comes back within the grace finds its call; after it the call is lost", "[browser]") {
    Scene scene;
    auto page = scene.Watch();
    scene.Ring("leg");
    REQUIRE(scene.phones.AnswerLeg("1001", kLeg).ok());
    scene.phones.Unwatch("1001", page.get());
    scene.Wait(20s);
    page = scene.Watch();
    CHECK(page->snapshot.legs.size() == 1);
    scene.Wait(10s);
    CHECK(scene.Count<input::MediaLost>() == 0);
    scene.phones.Unwatch("1001", page.get());
    scene.Wait(26s);
    CHECK(scene.Count<input::MediaLost>() == 1);
    CHECK_FALSE(scene.phones.Has(kLeg));
}

TEST_CASE("a leg that rings while the page is away ends as unreachable", "[browser]") {
    Scene scene;
    const auto page = scene.Watch();
    scene.phones.Unwatch("1001", page.get());
    scene.Wait(10s);
    scene.Ring("leg");
    scene.Wait(16s);
    REQUIRE(scene.Count<input::LegEnded>() == 1);
    CHECK(std::get<input::LegEnded>(scene.inputs.back()).cause.reason == "UNREACHABLE");
}

TEST_CASE("a page without audio for the grace is as good as gone, until it is heard again", "[browser]") {
    Scene scene;
    const auto page = scene.Watch();
    const LegId line("id-2");
    scene.phones.OnMedia(line, BrowserMediaState::kConnected);
    CHECK(page->media == std::vector<BrowserMediaState>{BrowserMediaState::kConnected});
    scene.phones.OnMedia(line, BrowserMediaState::kLost);
    scene.Wait(20s);
    // New attempts that do not succeed do not count.
    scene.phones.OnMedia(line, BrowserMediaState::kConnecting);
    scene.Wait(6s);
    CHECK_FALSE(scene.phones.IsPresent("1001"));
    CHECK(page->media.back() == BrowserMediaState::kNone);
    REQUIRE(scene.phones.Connect("1001", page->snapshot.session, "offer").ok());
    CHECK_FALSE(scene.phones.IsPresent("1001"));
    scene.phones.OnMedia(LegId("id-3"), BrowserMediaState::kConnected);
    CHECK(scene.phones.IsPresent("1001"));
}

TEST_CASE("hold and resume are told to the call, and one leg is heard at a time", "[browser]") {
    Scene scene;
    const auto page = scene.Watch();
    scene.Ring("leg");
    REQUIRE(scene.phones.AnswerLeg("1001", kLeg).ok());
    REQUIRE(scene.phones.HoldLeg("1001", kLeg, true).ok());
    CHECK(page->legs.back().held);
    CHECK(scene.lines.Did("none leg"));
    CHECK(scene.Count<input::PeerHeld>() == 1);
    REQUIRE(scene.phones.HoldLeg("1001", kLeg, true).ok());
    CHECK(scene.Count<input::PeerHeld>() == 1);
    REQUIRE(scene.phones.HoldLeg("1001", kLeg, false).ok());
    CHECK(scene.Count<input::PeerHeld>() == 2);
    scene.Ring("second");
    REQUIRE(scene.phones.AnswerLeg("1001", LegId("second")).ok());
    CHECK(scene.Count<input::PeerHeld>() == 3);
    CHECK(scene.lines.done.back() == "lend second");
    CHECK(scene.phones.SendDigits("1001", kLeg, "1").error().reason == "WRONG_STATE");
    REQUIRE(scene.phones.SendDigits("1001", LegId("second"), "12").ok());
    CHECK(scene.lines.Did("press second 12"));
    REQUIRE(scene.phones.OfferHold(LegId("second"), true).ok());
    CHECK(page->legs.back().held_by_other);
    CHECK(scene.lines.done.back() == "listen second");
}

TEST_CASE("the echo plays for a minute at most, and never into a call", "[browser]") {
    Scene scene;
    const auto page = scene.Watch(false);
    CHECK(scene.phones.SetEcho("1001", true).error().reason == "NO_MEDIA");
    REQUIRE(scene.phones.Connect("1001", page->snapshot.session, "offer").ok());
    REQUIRE(scene.phones.SetEcho("1001", true).ok());
    CHECK(scene.lines.done.back() == "echo");
    scene.Wait(61s);
    CHECK(scene.lines.Did("no echo"));
    scene.Ring("leg");
    REQUIRE(scene.phones.AnswerLeg("1001", kLeg).ok());
    CHECK(scene.phones.SetEcho("1001", true).error().reason == "WRONG_STATE");
    CHECK(page->signs == 6);
}

TEST_CASE("nobody rings on a phone without a page, and none has more calls than one can keep in mind", "[browser]") {
    Scene scene;
    action::Dial dial;
    dial.leg = kLeg;
    dial.target = PhoneTarget{"1001"};
    CHECK(scene.phones.Dial(dial).error().reason == "PHONE_NOT_REGISTERED");
    scene.Watch();
    for (const char* leg : {"a", "b", "c", "d"}) {
        scene.Ring(leg);
    }
    CHECK_FALSE(scene.phones.Dial(dial).ok());
}

TEST_CASE("a phone that is deleted loses its page and its legs", "[browser]") {
    Scene scene;
    const auto page = scene.Watch();
    scene.Ring("leg");
    REQUIRE(scene.phones.AnswerLeg("1001", kLeg).ok());
    scene.phones.Forget("1001");
    CHECK(page->is_superseded);
    CHECK(scene.Count<input::MediaLost>() == 1);
    CHECK(scene.phones.size() == 0);
}
