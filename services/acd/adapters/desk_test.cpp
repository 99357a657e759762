// The whole service but main: real gRPC to a fake telephone side, the real API, a real PostgreSQL.
#include "acd/adapters/desk.hpp"

#include <catch2/catch.hpp>

#include "acd/adapters/bus_facts.hpp"
#include "acd/adapters/fake_call_control.hpp"
#include "acd/adapters/grpc_agents.hpp"
#include "acd/adapters/grpc_callbacks.hpp"
#include "acd/adapters/grpc_queues.hpp"
#include "acd/adapters/grpc_trunk_link.hpp"
#include "acd/adapters/postgres_settings.hpp"
#include "acd/migrations.hpp"
#include "bus/settings.hpp"
#include "rpc/rpc.hpp"
#include "testing/database/throwaway_postgres.hpp"
#include "versions/versions.hpp"

namespace trunkline::acd {
namespace {

using TrunkCommand = trunk::v1::Command;

class SilentPrompts final : public PromptSource {
 public:
    void Render(const std::string& /*text*/, const std::string& /*language*/, Done done) override { done("prompt-1"); }
    void Forget() override {}
};

class NoObserver final : public Observer {
 public:
    void OnDecided(Duration /*took*/) override {}
    void OnFact(const Fact& /*fact*/) override {}
    void OnIllegal(const std::string& /*reason*/) override {}
    void OnLink(bool /*up*/) override {}
    void OnState(const Router& /*router*/) override {}
};

// What main composes, on a database that outlives it.
class Process {
 public:
    Process(db::Pool& pool, const std::string& trunk)
        : writer(pool, registry, "acd"),
          facts(writer),
          link(rpc::Connect(trunk, {}), "test", clock),
          switchboard({clock, link, facts, prompts, observer}),
          store(pool),
          agents(desk, store, [this] { return writer.Flush(std::chrono::seconds(5)); }),
          queues(desk, store, clock) {
        auto settings = store.Load();
        REQUIRE(settings.ok());
        switchboard.Load(*settings);
        link.SetCallbacks({[this](calls::Event event) {
                               mailbox.Post([this, event = std::move(event)] { switchboard.OnCall(event); });
                           },
                           [this] { mailbox.Post([this] { switchboard.OnLinkDown(); }); }});
        writer.Start();
        desk.Start();
        link.Start();
    }
    ~Process() {
        link.Stop();
        desk.Stop();
        writer.Stop();
    }

    metrics::Registry registry;
    SystemClock clock;
    bus::FactWriter writer;
    BusFacts facts;
    SilentPrompts prompts;
    NoObserver observer;
    GrpcTrunkLink link;
    Mailbox mailbox{clock};
    Switchboard switchboard;
    PostgresSettings store;
    Desk desk{mailbox, switchboard};
    GrpcAgents agents;
    GrpcQueues queues;
    GrpcContacts contacts{desk, clock};
    GrpcCallbacks callbacks{desk, store, [this] { return writer.Flush(std::chrono::seconds(5)); }};
};

std::unique_ptr<db::Pool> NewDatabase() {
    auto pool = testing::ThrowawayPostgres::Shared().NewSchema("acd");
    bus::MigrateAtStart(*pool, versions::With(kMigrations));
    return pool;
}

v1::Agent AgentNamed(const std::string& id) {
    v1::Agent agent;
    agent.set_agent_id(id);
    agent.set_phone(id);
    (*agent.mutable_skills())["complaints"] = 60;
    return agent;
}

void PutQueue(Process& process) {
    v1::PutQueueRequest request;
    request.mutable_queue()->set_queue_id("complaints");
    (*request.mutable_queue()->mutable_required_skills())["complaints"] = 50;
    request.mutable_queue()->set_recording("must");
    request.mutable_queue()->mutable_announcement_interval()->set_seconds(30);
    v1::Queue queue;
    REQUIRE(process.queues.PutQueue(nullptr, &request, &queue).ok());
}

void PutReadyAgent(Process& process, const std::string& id) {
    v1::Agent answer;
    v1::PutAgentRequest put;
    *put.mutable_agent() = AgentNamed(id);
    REQUIRE(process.agents.PutAgent(nullptr, &put, &answer).ok());
    v1::LogInAgentRequest log_in;
    log_in.set_agent_id(id);
    REQUIRE(process.agents.LogInAgent(nullptr, &log_in, &answer).ok());
    CHECK(answer.state_reason() == "LOGGED_IN");
    v1::SetAgentStateRequest ready;
    ready.set_agent_id(id);
    ready.set_state(v1::READY);
    grpc::ServerContext context;
    REQUIRE(process.agents.SetAgentState(&context, &ready, &answer).ok());
    // Reserved at once when somebody waits.
    CHECK((answer.state() == v1::READY || answer.state() == v1::RESERVED));
}

v1::Agent Get(Process& process, const std::string& id) {
    v1::GetAgentRequest request;
    request.set_agent_id(id);
    v1::Agent agent;
    REQUIRE(process.agents.GetAgent(nullptr, &request, &agent).ok());
    return agent;
}

trunk::v1::AttachResponse OfferOf(const std::string& contact) {
    trunk::v1::AttachResponse response;
    response.set_call_id("call-" + contact);
    trunk::v1::Call& call = *response.mutable_call_offered()->mutable_call();
    call.set_call_id("call-" + contact);
    call.set_contact_id(contact);
    call.set_epoch(2);
    call.set_from_number("13800138000");
    call.mutable_answer_time()->set_seconds(1);
    (*call.mutable_data())["queue"] = "complaints";
    (*call.mutable_data())["language"] = "zh";
    trunk::v1::Leg& leg = *call.add_legs();
    leg.set_leg_id("customer-" + contact);
    leg.set_role(trunk::v1::Leg::CUSTOMER);
    return response;
}

trunk::v1::AttachResponse OfCall(const std::string& contact) {
    trunk::v1::AttachResponse response;
    response.set_call_id("call-" + contact);
    return response;
}

int64_t CountEvents(db::Pool& pool, const std::string& type) {
    const auto count = pool.Run([&](pqxx::work& transaction) {
        return transaction.exec_params1("SELECT count(*) FROM outbox WHERE type = $1", type)[0].as<int64_t>();
    });
    REQUIRE(count.ok());
    return *count;
}

}  // namespace

TEST_CASE("desk: a call is offered, answered, bridged, and every fact is stored", "[acd][adapters][database]") {
    const auto pool = NewDatabase();
    FakeCallControl trunk;
    Process process(*pool, trunk.address());
    const auto hello = trunk.Await([](const auto& request) { return request.has_hello(); });
    CHECK(hello.hello().application() == "acd");
    CHECK(hello.hello().wants_registrations());
    PutQueue(process);
    trunk.Tell(OfferOf("contact-1"));
    CHECK(trunk.AwaitCommand(TrunkCommand::kPlay).play().items(0).music());
    CHECK(trunk.AwaitCommand(TrunkCommand::kPlay).play().items(0).prompt_id() == "prompt-1");
    PutReadyAgent(process, "1001");
    const TrunkCommand dial = trunk.AwaitCommand(TrunkCommand::kDial);
    CHECK(dial.dial().phone() == "1001");
    CHECK(dial.dial().caller_number() == "13800138000");
    CHECK(dial.dial().headers().at("X-Trunkline-Contact-Id") == "contact-1");
    CHECK(dial.dial().headers().at("X-Trunkline-Queue") == "complaints");
    CHECK(dial.dial().headers().at("X-Trunkline-language") == "zh");
    CHECK(dial.epoch() == 2);

    auto answered = OfCall("contact-1");
    answered.mutable_leg_answered()->set_leg_id(dial.dial().leg_id());
    trunk.Tell(answered);
    CHECK(trunk.AwaitCommand(TrunkCommand::kStartRecording).start_recording().required());
    CHECK(trunk.AwaitCommand(TrunkCommand::kBridge).bridge().leg_ids_size() == 2);
    auto bridged = OfCall("contact-1");
    bridged.mutable_legs_bridged()->add_leg_ids("customer-contact-1");
    bridged.mutable_legs_bridged()->add_leg_ids(dial.dial().leg_id());
    trunk.Tell(bridged);
    trunk.AwaitCommand(TrunkCommand::kSetData);
    CHECK(Get(process, "1001").state() == v1::TALKING);

    auto ended = OfCall("contact-1");
    ended.mutable_call_ended()->mutable_call()->set_call_id("call-contact-1");
    ended.mutable_call_ended()->mutable_call()->set_contact_id("contact-1");
    ended.mutable_call_ended()->mutable_call()->mutable_end_cause()->set_reason("REMOTE_HANG_UP");
    trunk.Tell(ended);
    // The answer to a request comes after the end was taken.
    v1::FinishWrapUpRequest finish;
    finish.set_agent_id("1001");
    v1::Agent agent;
    for (int i = 0; i < 1000 && !process.agents.FinishWrapUp(nullptr, &finish, &agent).ok(); ++i) {
        SleepFor(std::chrono::milliseconds(10));
    }
    CHECK(agent.state() == v1::READY);
    for (const char* type :
         {"ContactQueued", "ContactOffered", "ContactDequeued", "AgentSegmentEnded", "WrapUpEnded"}) {
        CAPTURE(type);
        CHECK(CountEvents(*pool, std::string("trunkline.acd.v1.") + type) == 1);
    }
    // Logged in, ready, reserved, talking, wrap-up, ready.
    CHECK(CountEvents(*pool, "trunkline.acd.v1.AgentStateChanged") == 6);
}

TEST_CASE("desk: attaches again after the link broke, and settings survive the process", "[acd][adapters][database]") {
    const auto pool = NewDatabase();
    FakeCallControl trunk;
    {
        Process process(*pool, trunk.address());
        trunk.Await([](const auto& request) { return request.has_hello(); });
        PutQueue(process);
        PutReadyAgent(process, "1001");
        trunk.Restart();
        trunk.Await([](const auto& request) { return request.has_hello(); });
    }
    Process next(*pool, trunk.address());
    trunk.Await([](const auto& request) { return request.has_hello(); });
    CHECK(Get(next, "1001").state() == v1::READY);
    trunk.Tell(OfferOf("contact-2"));
    CHECK(trunk.AwaitCommand(TrunkCommand::kDial).dial().phone() == "1001");

    v1::ListContactsRequest request;
    request.set_queue_id("complaints");
    v1::ListContactsResponse response;
    REQUIRE(next.contacts.ListContacts(nullptr, &request, &response).ok());
    REQUIRE(response.contacts_size() == 1);
    CHECK(response.contacts(0).state() == v1::OFFERED);
    CHECK(response.contacts(0).agent_id() == "1001");
    CHECK(response.contacts(0).data().at("language") == "zh");
}

namespace {

void PutCallbackQueue(Process& process) {
    v1::PutQueueRequest request;
    v1::Queue& queue = *request.mutable_queue();
    queue.set_queue_id("complaints");
    queue.set_outbound_group("carriers");
    (*queue.mutable_keys())["9"].set_action("CALLBACK");
    for (uint32_t weekday = 1; weekday <= 7; ++weekday) {
        auto& span = *queue.mutable_callbacks()->mutable_hours()->add_spans();
        span.set_weekday(weekday);
        span.set_from("00:00");
        span.set_to("24:00");
    }
    v1::Queue answer;
    REQUIRE(process.queues.PutQueue(nullptr, &request, &answer).ok());
}

void Keyed(FakeCallControl& trunk, const std::string& command_id, const std::string& digits) {
    auto keyed = OfCall("contact-1");
    keyed.mutable_digits_collected()->set_command_id(command_id);
    keyed.mutable_digits_collected()->set_digits(digits);
    trunk.Tell(keyed);
}

v1::ListCallbacksResponse ListCallbacks(Process& process) {
    v1::ListCallbacksRequest request;
    v1::ListCallbacksResponse response;
    REQUIRE(process.callbacks.ListCallbacks(nullptr, &request, &response).ok());
    return response;
}

}  // namespace

TEST_CASE("desk: who will be called back is stored, masked in events, and called by the next process",
          "[acd][adapters][database]") {
    const auto pool = NewDatabase();
    FakeCallControl trunk;
    {
        Process process(*pool, trunk.address());
        trunk.Await([](const auto& request) { return request.has_hello(); });
        PutCallbackQueue(process);
        trunk.Tell(OfferOf("contact-1"));
        trunk.AwaitCommand(TrunkCommand::kPlay);
        auto pressed = OfCall("contact-1");
        pressed.mutable_digit_pressed()->set_leg_id("customer-contact-1");
        pressed.mutable_digit_pressed()->set_digit("9");
        trunk.Tell(pressed);
        const TrunkCommand asked = trunk.AwaitCommand(TrunkCommand::kPlay);
        CHECK(asked.play().collect().max_digits() == 1);
        Keyed(trunk, asked.command_id(), "1");
        trunk.AwaitCommand(TrunkCommand::kPlay);
        const auto listed = ListCallbacks(process);
        REQUIRE(listed.callbacks_size() == 1);
        CHECK(listed.callbacks(0).state() == "WAITING");
        CHECK(listed.callbacks(0).number() == "138****8000");
    }
    CHECK(CountEvents(*pool, "trunkline.acd.v1.CallbackRequested") == 1);
    const auto plain = pool->Run([](pqxx::work& transaction) {
        return transaction.exec1("SELECT count(*) FROM outbox WHERE position('13800138000'::bytea IN payload) > 0")[0]
            .as<int64_t>();
    });
    CHECK(plain.value() == 0);
    Process next(*pool, trunk.address());
    trunk.Await([](const auto& request) { return request.has_hello(); });
    PutReadyAgent(next, "1001");
    const TrunkCommand originate = trunk.AwaitCommand(TrunkCommand::kOriginate);
    CHECK(originate.originate().to_number() == "13800138000");
    CHECK(originate.originate().data().at("callback_id") == "contact-1");
    const TrunkCommand ring = trunk.AwaitCommand(TrunkCommand::kDial);
    trunk::v1::AttachResponse answered;
    answered.set_call_id(ring.call_id());
    answered.mutable_leg_answered()->set_leg_id(ring.dial().leg_id());
    trunk.Tell(answered);
    const TrunkCommand dial = trunk.AwaitCommand(TrunkCommand::kDial);
    CHECK(dial.dial().outside().group() == "carriers");
    v1::CancelCallbackRequest cancel;
    cancel.set_callback_id("contact-1");
    google::protobuf::Empty empty;
    CHECK(next.callbacks.CancelCallback(nullptr, &cancel, &empty).ok());
    trunk.AwaitCommand(TrunkCommand::kHangUp);
    CHECK(ListCallbacks(next).callbacks_size() == 0);
    v1::PutDoNotCallRequest never;
    never.set_number("138 0013 8000");
    CHECK(next.callbacks.PutDoNotCall(nullptr, &never, &empty).ok());
    CHECK(next.store.Load().value().do_not_call == std::vector<std::string>{"+8613800138000"});
}

TEST_CASE("desk: an unknown queue is handed back to self service", "[acd][adapters][database]") {
    const auto pool = NewDatabase();
    FakeCallControl trunk;
    Process process(*pool, trunk.address());
    trunk.Await([](const auto& request) { return request.has_hello(); });
    trunk.Tell(OfferOf("contact-3"));
    const TrunkCommand command = trunk.AwaitCommand(TrunkCommand::kHandOver);
    CHECK(command.hand_over().application() == "ivr");
    CHECK(command.hand_over().data().at("queue_result") == "UNKNOWN_QUEUE");
}

TEST_CASE("desk: wrong requests are refused with the reason", "[acd][adapters][database]") {
    const auto pool = NewDatabase();
    FakeCallControl trunk;
    Process process(*pool, trunk.address());
    v1::Agent agent;
    v1::SetAgentStateRequest ready;
    ready.set_agent_id("nobody");
    ready.set_state(v1::READY);
    grpc::ServerContext context;
    const auto unknown = process.agents.SetAgentState(&context, &ready, &agent);
    CHECK(unknown.error_code() == grpc::StatusCode::NOT_FOUND);
    CHECK(unknown.error_details() == "NO_SUCH_AGENT");
    v1::PutQueueRequest put;
    put.mutable_queue()->set_queue_id("complaints");
    put.mutable_queue()->set_recording("allways");
    v1::Queue queue;
    CHECK(process.queues.PutQueue(nullptr, &put, &queue).error_code() == grpc::StatusCode::INVALID_ARGUMENT);
    v1::ListQueuesResponse queues;
    google::protobuf::Empty empty;
    REQUIRE(process.queues.ListQueues(nullptr, &empty, &queues).ok());
    CHECK(queues.queues_size() == 0);
}

TEST_CASE("complaint asterisk 1214: a long list is made in pieces, and others are served between them",
          "[acd][database][complaint]") {
    const auto pool = NewDatabase();
    FakeCallControl trunk;
    Process process(*pool, trunk.address());
    PutQueue(process);
    for (int i = 0; i < 1000; ++i) {
        AgentSettings agent{AgentId("a" + std::to_string(i)), "", "phone" + std::to_string(i), {}};
        REQUIRE(process.desk.Request(AgentPut{agent}).ok());
    }
    // Each piece is a turn of the owner thread; what is asked meanwhile has its own turn between two of them.
    int turns = 0;
    size_t most = 0;
    size_t in_turn = 0;
    const auto agents = process.desk.Collect<std::string>(
        [&](const Router& router) -> const auto& {
            ++turns;
            in_turn = 0;
            return router.agents();
        },
        [&](Switchboard&, const Agent& agent) {
            most = std::max(most, ++in_turn);
            return std::optional(agent.settings.id.str());
        });
    REQUIRE(agents.ok());
    CHECK(std::set<std::string>(agents->begin(), agents->end()).size() == 1000);
    CHECK(turns >= 5);
    CHECK(most < 220);
}

}  // namespace trunkline::acd
