// The link to a gateway that runs in this process: attaching, events, commands, and a link that breaks.
#include <catch2/catch.hpp>
#include <condition_variable>
#include <deque>
#include <mutex>
#include <set>

#include "ivr/adapters/grpc_prompt_gateway.hpp"
#include "ivr/adapters/grpc_trunk_link.hpp"
#include "rpc/rpc.hpp"
#include "testing/sequential_ids.hpp"

namespace trunkline::ivr {
namespace {

using namespace std::chrono_literals;

// Hands items from one thread to another.
template <class Item>
class Slot {
 public:
    void Put(Item item) {
        const std::lock_guard lock(mutex_);
        items_.push_back(std::move(item));
        arrived_.notify_all();
    }
    Item Take() {
        std::unique_lock lock(mutex_);
        if (!arrived_.wait_for(lock, 10s, [&] { return !items_.empty(); })) {
            throw std::runtime_error("nothing arrived");
        }
        Item item = std::move(items_.front());
        items_.pop_front();
        return item;
    }

 private:
    std::mutex mutex_;
    std::condition_variable arrived_;
    std::deque<Item> items_;
};

// Sends one live call and one event, then writes down what it is told until the stream or the test ends.
class FakeCallControl final : public trunk::v1::CallControl::Service {
    using Stream = grpc::ServerReaderWriter<trunk::v1::AttachResponse, trunk::v1::AttachRequest>;

 public:
    grpc::Status Attach(grpc::ServerContext*, Stream* stream) override {
        trunk::v1::AttachRequest request;
        stream->Read(&request);
        hellos.Put(request.hello().application());
        trunk::v1::AttachResponse response;
        auto& call = *response.mutable_snapshot()->add_calls();
        call.set_call_id("call");
        call.set_epoch(4);
        (*call.mutable_data())["flow"] = "hotline";
        auto& leg = *call.add_legs();
        leg.set_leg_id("caller");
        leg.set_role(trunk::v1::Leg::CUSTOMER);
        leg.set_state(trunk::v1::Leg::UP);
        stream->Write(response);
        response.Clear();
        response.set_call_id("call");
        response.mutable_digits_collected()->set_command_id("play-1");
        response.mutable_digits_collected()->set_digits("42");
        stream->Write(response);
        while (stream->Read(&request)) {
            if (request.commands_size() == 1 && request.commands(0).has_hang_up())
                return {grpc::StatusCode::ABORTED, "another one", "SUPERSEDED"};
            for (const trunk::v1::Command& command : request.commands()) commands.Put(command);
        }
        return grpc::Status::OK;
    }

    Slot<std::string> hellos;
    Slot<trunk::v1::Command> commands;
};

class FakePrompts final : public trunk::v1::Prompts::Service {
 public:
    grpc::Status PutPrompt(grpc::ServerContext*, const trunk::v1::PutPromptRequest* request,
                           google::protobuf::Empty*) override {
        if (request->wav().empty()) return {grpc::StatusCode::INVALID_ARGUMENT, "no sound", "WAV_MALFORMED"};
        has.insert(request->prompt_id());
        return grpc::Status::OK;
    }
    grpc::Status FindMissing(grpc::ServerContext*, const trunk::v1::FindMissingRequest* request,
                             trunk::v1::FindMissingResponse* response) override {
        for (const std::string& id : request->prompt_ids()) {
            if (!has.contains(id)) response->add_prompt_ids(id);
        }
        return grpc::Status::OK;
    }
    std::set<std::string> has;
};

struct FakeTrunk {
    FakeTrunk() {
        grpc::ServerBuilder builder;
        builder.AddListeningPort("127.0.0.1:0", grpc::InsecureServerCredentials(), &port);
        builder.RegisterService(&calls);
        builder.RegisterService(&prompts);
        server = builder.BuildAndStart();
    }
    std::shared_ptr<grpc::Channel> Channel() const { return rpc::Connect("127.0.0.1:" + std::to_string(port), {}); }

    FakeCallControl calls;
    FakePrompts prompts;
    int port = 0;
    std::unique_ptr<grpc::Server> server;
};

}  // namespace

TEST_CASE("link: attaches, reads snapshot and events, sends commands, and attaches again when it breaks",
          "[ivr][link]") {
    FakeTrunk trunk;
    testing::SequentialIds ids;
    Slot<std::vector<Call>> snapshots;
    Slot<LinkEvent> events;
    Slot<bool> states;
    GrpcTrunkLink link(trunk.Channel(), ids,
                       {[&](auto live, auto) { snapshots.Put(live); }, [&](auto, auto event) { events.Put(event); },
                        [&](bool up) { states.Put(up); }});
    link.Start();
    CHECK(trunk.calls.hellos.Take() == "ivr");
    const auto live = snapshots.Take();
    REQUIRE(live.size() == 1);
    CHECK(live[0].ref.epoch == 4);
    CHECK(live[0].data.at("flow") == "hotline");
    CHECK(live[0].legs.at(0).customer);
    CHECK(live[0].legs.at(0).up);
    CHECK(states.Take());
    const LinkEvent event = events.Take();
    CHECK(std::get<DigitsCollected>(event).digits == "42");

    link.SetData(live[0].ref, {{"ivr.node", "menu"}});
    link.Flush();
    const auto data = trunk.calls.commands.Take();
    CHECK(data.call_id() == "call");
    CHECK(data.epoch() == 4);
    CHECK(data.set_data().data().at("ivr.node") == "menu");
    link.Send(live[0].ref, "play-2",
              PlayPrompt{{PromptId{"abc"}, Silence{1s}}, true, false, KeyInput{1, 2, "#", 5s, 3s}});
    link.Flush();
    const auto play = trunk.calls.commands.Take();
    CHECK(play.command_id() == "play-2");
    CHECK(play.play().items(0).prompt_id() == "abc");
    CHECK(play.play().items(1).silence().seconds() == 1);
    CHECK(play.play().collect().first_timeout().seconds() == 5);

    link.Send(live[0].ref, "end", HangUpCall{});
    link.Flush();
    CHECK_FALSE(states.Take());
    CHECK(trunk.calls.hellos.Take() == "ivr");
    CHECK(snapshots.Take().size() == 1);
    link.Stop();
}

TEST_CASE("link: stopping does not wait for a gateway that is not there", "[ivr][link]") {
    testing::SequentialIds ids;
    GrpcTrunkLink link(rpc::Connect("127.0.0.1:1", {}), ids, {[](auto, auto) {}, [](auto, auto) {}, [](bool) {}});
    link.Start();
    link.Send({CallId{"call"}, 1}, "id", AnswerCall{});
    link.Stop();
}

TEST_CASE("prompt gateway: tells what is missing and takes it", "[ivr][link]") {
    FakeTrunk trunk;
    GrpcPromptGateway gateway(trunk.Channel());
    CHECK(gateway.FindMissing({{"a"}, {"b"}})->size() == 2);
    CHECK(gateway.Put({"a"}, {1, 2, 3}).ok());
    CHECK(*gateway.FindMissing({{"a"}, {"b"}}) == std::vector<PromptId>{{"b"}});
    CHECK(gateway.Put({"b"}, {}).error().reason == "WAV_MALFORMED");
}

}  // namespace trunkline::ivr
