// Holes, restarts and lost messages are one case: something is missing, so ask the source's outbox for it.
#include "bus/feed.hpp"

#include <google/protobuf/util/time_util.h>

#include <algorithm>

#include "log/keys.hpp"
#include "log/log.hpp"

namespace trunkline::bus {
namespace {

constexpr std::chrono::milliseconds kReplayDeadline{5000};
constexpr std::chrono::milliseconds kFirstPause{100};
constexpr int kLongestDoubling = 4;  // 1.6 s
constexpr std::chrono::milliseconds kSkipEvery{1000};

// How a Replay ended; shared with gRPC's thread, which writes `done` last.
struct Outcome {
    grpc::Status status;
    std::atomic<bool> done{false};
};

}  // namespace

// One Replay under way. Only its outcome is shared with gRPC's thread: a context that died there could take the
// channel's last reference with it, and a channel waits for that very thread when it dies.
struct Feed::Call {
    grpc::ClientContext context;
    v1::ReplayRequest request;
    v1::ReplayResponse response;
    std::shared_ptr<Outcome> outcome = std::make_shared<Outcome>();
};

Feed::Feed(std::string name, metrics::Registry& registry, Settings settings)
    : name_(std::move(name)),
      settings_(std::move(settings)),
      gaps_(metrics::MakeCounter(registry, "trunkline_bus_gap_replays_total",
                                 "Times something was missing and was asked for.",
                                 {{"service", settings_.consumer}, {"source", name_}})),
      new_epochs_(metrics::MakeCounter(registry, "trunkline_bus_new_epochs_total",
                                       "Times a source began to count anew, as after its database was replaced.",
                                       {{"service", settings_.consumer}, {"source", name_}})) {}

Feed::~Feed() {
    if (call_) {
        call_->context.TryCancel();
        call_->outcome->done.wait(false);
    }
}

void Feed::AddInstance(const std::shared_ptr<grpc::Channel>& channel) {
    instances_.push_back(v1::EventLog::NewStub(channel));
}

void Feed::NoteGap(const std::string& epoch) {
    if (!behind_) {
        behind_ = true;
        gaps_.Increment();
        log::Debug("events are missing", {{log::kSource, name_}, {log::kCount, Last()}, {log::kReason, epoch}});
    }
}

void Feed::Accept(v1::Envelope& event) {
    if (event.epoch() != cursor_.epoch || event.sequence() > Last() + 1 || pending_.size() >= settings_.pending_limit) {
        NoteGap(event.epoch());
    } else if (event.sequence() == Last() + 1) {
        Keep(event);
    }
}

void Feed::Accept(const v1::Heartbeat& heartbeat) {
    if (heartbeat.epoch() != cursor_.epoch || heartbeat.sequence() > Last()) {
        NoteGap(heartbeat.epoch());
    }
}

void Feed::Keep(v1::Envelope& event) {
    using google::protobuf::util::TimeUtil;
    if (!settings_.types.empty() && !settings_.types.contains(event.type())) {
        pending_.push_back({"", name_, event.sequence(), "", "", {}, ""});  // moves the cursor, no more
        return;
    }
    pending_.push_back({std::move(*event.mutable_event_id()), name_, event.sequence(), std::move(*event.mutable_key()),
                        std::move(*event.mutable_type()),
                        TimePoint(std::chrono::nanoseconds(TimeUtil::TimestampToNanoseconds(event.occurred_time()))),
                        std::move(*event.mutable_payload())});
}

Result<bool> Feed::Work(Inbox& inbox, SteadyTime now) {
    if (!loaded_) {
        if (Status loaded = Reload(inbox); !loaded.ok()) {
            return loaded.error();
        }
    }
    if (call_ && call_->outcome->done.load()) {
        if (Status finished = FinishReplay(inbox, now); !finished.ok()) {
            return finished.error();
        }
    }
    // Before applying, so that the next page is on its way meanwhile.
    if (behind_ && !call_ && now >= next_call_ && pending_.size() < settings_.pending_limit) {
        StartReplay();
    }
    return Apply(inbox, now);
}

void Feed::Compare(const Cursor& stored) {
    if (loaded_ && stored != cursor_) {
        loaded_ = false;
    }
}

void Feed::StartReplay() {
    call_ = std::make_unique<Call>();
    call_->request.set_after_sequence(Last());
    rpc::SetDeadline(call_->context, kReplayDeadline);
    instances_[instance_]->async()->Replay(&call_->context, &call_->request, &call_->response,
                                           [outcome = call_->outcome, wake = settings_.wake](grpc::Status status) {
                                               outcome->status = std::move(status);
                                               outcome->done.store(true);
                                               outcome->done.notify_all();
                                               wake();
                                           });
}

Status Feed::FinishReplay(Inbox& inbox, SteadyTime now) {
    const std::unique_ptr<Call> call = std::move(call_);
    const grpc::Status& status = call->outcome->status;
    if (status.ok()) {
        failures_ = 0;
        return Take(inbox, call->response, call->request.after_sequence());
    }
    if (failures_ == 0) {
        log::Warning("replay failed", {{log::kSource, name_}, {log::kError, status.error_message()}});
    }
    next_call_ = now + kFirstPause * (1 << std::min(failures_++, kLongestDoubling));
    instance_ = (instance_ + 1) % instances_.size();
    return {};
}

// A page of the outbox, asked for after a position. Whenever it is not used up, `behind_` stays set and the next page
// is asked for.
Status Feed::Take(Inbox& inbox, v1::ReplayResponse& page, uint64_t after) {
    if (Last() < after) {
        return {};  // what was pending was given up meanwhile, so the page would leave a hole
    }
    if (page.epoch() != cursor_.epoch) {
        if (!cursor_.epoch.empty()) {
            new_epochs_.Increment();
            log::Error("the source counts anew; its events are read from the start", {{log::kSource, name_}});
        }
        pending_.clear();
        return inbox.Move(name_, cursor_, {page.epoch(), 0});
    }
    if (page.last_sequence() < cursor_.sequence) {
        log::Error("the source went back; give its outbox_head a new epoch", {{log::kSource, name_}});
    }
    const uint64_t first = page.events().empty() ? page.last_sequence() + 1 : page.events(0).sequence();
    if (first > Last() + 1) {
        return SkipDeleted(inbox, first);
    }
    for (v1::Envelope& event : *page.mutable_events()) {
        if (event.sequence() == Last() + 1) {
            Keep(event);
        }
    }
    behind_ = Last() < page.last_sequence();
    return {};
}

// An outbox has no holes, so what is missing in front was deleted because of its age.
Status Feed::SkipDeleted(Inbox& inbox, uint64_t first) {
    if (!pending_.empty()) {
        return {};  // first those
    }
    if (cursor_.sequence > 0) {
        log::Error("events were deleted before they were read",
                   {{log::kSource, name_}, {log::kCount, first - 1 - cursor_.sequence}});
    }
    return inbox.Move(name_, cursor_, {cursor_.epoch, first - 1});
}

Result<bool> Feed::Apply(Inbox& inbox, SteadyTime now) {
    if (pending_.empty()) {
        return false;
    }
    // To move the cursor over what is not wanted there is time.
    const bool wanted =
        std::any_of(pending_.begin(), pending_.end(), [](const auto& event) { return !event.type.empty(); });
    if (!wanted && pending_.size() < settings_.batch_limit / 2 && now < next_skip_) {
        return false;
    }
    next_skip_ = now + kSkipEvery;
    const size_t count = std::min(pending_.size(), settings_.batch_limit);
    const Status applied = inbox.Apply(name_, cursor_, std::span(pending_).first(count));
    Forget(cursor_);
    if (applied.ok()) {
        return true;
    }
    const Status reloaded = applied.error().reason == "CURSOR_MOVED" ? Reload(inbox) : Status(applied.error());
    return reloaded.ok() ? Result<bool>(false) : Result<bool>(reloaded.error());
}

void Feed::Forget(const Cursor& applied) {
    const auto first = std::find_if(pending_.begin(), pending_.end(),
                                    [&](const Received& event) { return event.sequence > applied.sequence; });
    pending_.erase(pending_.begin(), first);
}

// The cursor as the database has it, and what is pending beyond it.
Status Feed::Reload(Inbox& inbox) {
    Result<Cursor> cursor = inbox.Load(name_);
    if (!cursor.ok()) {
        return cursor.error();
    }
    if (cursor->epoch != cursor_.epoch) {
        pending_.clear();
    }
    behind_ = behind_ || *cursor != cursor_;
    cursor_ = *cursor;
    loaded_ = true;
    Forget(cursor_);
    if (!pending_.empty() && pending_.front().sequence != cursor_.sequence + 1) {
        pending_.clear();
        behind_ = true;
    }
    return {};
}

}  // namespace trunkline::bus
