// A page that is slower than the ring is long is told so, instead of being kept waiting in memory.
#include "web/adapters/live_stream.hpp"

#include <algorithm>
#include <boost/asio/this_coro.hpp>

#include "web/adapters/stream_guard.hpp"
#include "web/domain/envelope.hpp"

namespace trunkline::web {
namespace {

constexpr std::chrono::milliseconds kHeartbeat{10'000};
constexpr size_t kBatch = 256;
constexpr int kMostTopics = 100;

std::string Heartbeat(const EventRing& ring, Codec codec) {
    v1::LiveEvent beat;
    beat.set_epoch(ring.epoch());
    beat.set_sequence(ring.last());
    const auto bytes = Encode(beat, codec);
    return Wrap(bytes.ok() ? *bytes : "");
}

bool Wanted(const LiveItem& item, const v1::SubscribeRequest& request, const SignedIn& caller) {
    const auto& topics = request.topics();
    return MaySee(caller, item.subject) &&
           (topics.empty() || std::any_of(topics.begin(), topics.end(),
                                          [&](const std::string& topic) { return TopicMatches(topic, item.type); }));
}

Error Missed() {
    return {Code::kOutOfRange, "EVENTS_MISSED", "what came after that is no longer held; load everything anew"};
}

}  // namespace

Task<Outcome> StreamLive(const RpcCall& call, const v1::SubscribeRequest& request, SessionKeeper& keeper,
                         LiveFeed& feed) {
    const EventRing& ring = feed.ring();
    const bool resumes = !request.epoch().empty() || request.resume_after() > 0;
    uint64_t position = resumes ? request.resume_after() : ring.last();
    Outcome outcome;
    if (resumes && !ring.Holds(request.epoch(), position)) {
        outcome = Missed();
    } else if (request.topics_size() > kMostTopics) {
        outcome = Error{Code::kInvalidArgument, "BAD_FIELD", "topics: at most 100"};
    }
    if (outcome) {
        co_await SendError(call, *outcome);
        co_return outcome;
    }
    Response head = StreamHead(call);
    co_await call.responder.Begin(std::move(head));
    const auto executor = co_await asio::this_coro::executor;
    LiveFeed::Waiter waiter(feed, executor);
    StreamGuard guard(call, keeper, executor, [&] { waiter.Wake(); });
    const std::string epoch = ring.epoch();
    std::string bytes = Heartbeat(ring, call.codec);
    bool connected = true;
    while (connected && !guard.Ended()) {
        if (!ring.Holds(epoch, position)) {
            outcome = Missed();
            break;
        }
        const auto items = ring.After(position, kBatch);
        for (const auto& item : items) {
            position = item->sequence;
            if (Wanted(*item, request, *call.caller)) {
                bytes += FrameOf(*item, call.codec);
            }
        }
        std::string batch = std::exchange(bytes, "");
        connected = co_await call.responder.Write(std::move(batch));
        if (connected && !guard.Ended() && ring.last() == position && ring.epoch() == epoch) {
            co_await waiter.Wait(kHeartbeat);
            if (ring.last() == position && ring.epoch() == epoch) {
                bytes = Heartbeat(ring, call.codec);
            }
        }
    }
    if (!outcome) {
        outcome = guard.reason();
    }
    if (connected && !guard.peer_gone()) {
        std::string last = EndFrame(outcome, call.http.trace_id);
        co_await call.responder.Write(std::move(last));
    }
    co_await call.responder.End();
    co_return outcome;
}

}  // namespace trunkline::web
