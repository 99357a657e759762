// One thread takes the answers and carries them to the attendant's.
#include "ivr/adapters/grpc_callers.hpp"

#include <google/protobuf/util/time_util.h>

#include "rpc/rpc.hpp"

namespace trunkline::ivr {
namespace {

constexpr std::chrono::milliseconds kLimit{300};
constexpr size_t kMostUnderWay = 500;

CallerFacts FromProto(const customer::v1::RoutingFacts& facts) {
    using google::protobuf::util::TimeUtil;
    return {facts.customer_id(),
            static_cast<int>(facts.vip_level()),
            facts.manager_agent_id(),
            facts.last_agent_id(),
            FromUnixMillis(TimeUtil::TimestampToMilliseconds(facts.last_contact_time())),
            facts.language()};
}

}  // namespace

struct GrpcCallers::Ask {
    customer::v1::LookUpForRoutingRequest request;
    grpc::ClientContext context;
    std::unique_ptr<grpc::ClientAsyncResponseReader<customer::v1::RoutingFacts>> reader;
    customer::v1::RoutingFacts response;
    grpc::Status status;
    std::function<void(std::optional<CallerFacts>)> done;
};

void GrpcCallers::LookUp(const std::string& number, std::function<void(std::optional<CallerFacts>)> done) {
    auto ask = std::make_unique<Ask>();
    ask->request.set_number(number);
    ask->done = std::move(done);
    rpc::SetDeadline(ask->context, kLimit);
    if (Begin(ask)) return;
    ask->status = {grpc::StatusCode::RESOURCE_EXHAUSTED, "too many look-ups are under way"};
    Answer(*ask);
}

bool GrpcCallers::Begin(std::unique_ptr<Ask>& ask) {
    const std::lock_guard lock(mutex_);
    if (stopped_ || under_way_ >= kMostUnderWay) return false;
    ++under_way_;
    ask->reader = stub_->AsyncLookUpForRouting(&ask->context, ask->request, &answers_);
    Ask& given = *ask.release();  // TakeAnswers owns it
    given.reader->Finish(&given.response, &given.status, &given);
    return true;
}

void GrpcCallers::TakeAnswers() {
    void* tag = nullptr;
    bool ok = false;
    while (answers_.Next(&tag, &ok)) {
        const std::unique_ptr<Ask> ask(static_cast<Ask*>(tag));
        Answer(*ask);
        const std::lock_guard lock(mutex_);
        --under_way_;
    }
}

void GrpcCallers::Answer(const Ask& ask) {
    const bool answered = ask.status.ok();
    (answered ? figures_.answered : figures_.unanswered).Increment();
    post_([done = ask.done, facts = answered ? std::optional(FromProto(ask.response)) : std::nullopt] { done(facts); });
}

void GrpcCallers::Start() {
    thread_ = std::thread([this] { TakeAnswers(); });
}

void GrpcCallers::Stop() {
    {
        const std::lock_guard lock(mutex_);
        if (std::exchange(stopped_, true)) return;
        answers_.Shutdown();
    }
    if (thread_.joinable()) thread_.join();
}

}  // namespace trunkline::ivr
