// Rounds follow each other at once while there is work, and every quarter of a second otherwise.
#include "workorder/adapters/alarm_worker.hpp"

#include <condition_variable>
#include <mutex>
#include <thread>

#include "log/keys.hpp"
#include "log/log.hpp"
#include "workorder/adapters/call_back.hpp"

namespace trunkline::workorder {
namespace {

constexpr int kOrdersOfRound = 200;
constexpr int kRoundsBetweenTidying = 14'400;  // an hour of quiet rounds

}  // namespace

struct AlarmWorker::State {
    Parts parts;
    std::mutex mutex;
    std::condition_variable stopped;
    bool stopping = false;
    std::thread thread;
    int rounds = 0;
};

AlarmWorker::AlarmWorker(Parts parts) : state_(new State{std::move(parts), {}, {}, false, {}, 0}) {}
AlarmWorker::~AlarmWorker() { Stop(); }

void AlarmWorker::Start() {
    state_->thread = std::thread([this] {
        std::unique_lock lock(state_->mutex);
        while (!state_->stopping) {
            lock.unlock();
            const bool busy = Round();
            lock.lock();
            if (!busy) {
                state_->stopped.wait_for(lock, state_->parts.every, [&] { return state_->stopping; });
            }
        }
    });
}

void AlarmWorker::Stop() {
    {
        const std::lock_guard lock(state_->mutex);
        state_->stopping = true;
    }
    state_->stopped.notify_all();
    if (state_->thread.joinable()) {
        state_->thread.join();
    }
}

bool AlarmWorker::Round() {
    Parts& parts = state_->parts;
    const auto tell = [](const char* what, const Error& error) {
        log::Warning(what, {{log::kReason, error.reason}, {log::kError, error.message}});
    };
    if (Status fresh = parts.catalogue.Refresh(); !fresh.ok()) {
        tell("settings could not be read", fresh.error());
        return false;
    }
    bool busy = false;
    if (const auto ticked = parts.desk.TickAll(kOrdersOfRound); ticked.ok()) {
        busy = *ticked == kOrdersOfRound;
    } else {
        tell("the clocks of orders could not be looked at", ticked.error());
    }
    if (const auto expired = parts.store.ExpireNotices(kOrdersOfRound); expired.ok()) {
        busy = busy || *expired == kOrdersOfRound;
    } else {
        tell("messages without proof could not be looked at", expired.error());
    }
    if (const auto asked = AskToCallBack({parts.desk, parts.catalogue, parts.store, parts.reader}, kOrdersOfRound);
        !asked.ok()) {
        tell("customers whom no message reached could not be noted for a call", asked.error());
    }
    if (const auto works = parts.store.AnswersUnderWay(kOrdersOfRound); works.ok()) {
        for (const auto& work : *works) {
            Answer(work);
            busy = true;
        }
    }
    if (++state_->rounds % kRoundsBetweenTidying == 1) {
        (void)parts.store.RemoveUnusedAttachments();
    }
    return busy;
}

// One transaction for each order, and a request id that names the answer: a crash in between answers nobody twice.
void AlarmWorker::Answer(const ServiceStore::AnswerWork& work) {
    Parts& parts = state_->parts;
    int answered = 0;
    int failed = 0;
    bool away = false;
    for (const std::string& order : work.orders) {
        StepCall call;
        call.request_id = "incident/" + work.answer_id + "/" + order;
        call.order_id = order;
        call.request.step = work.closing ? Step::kCloseByIncident : Step::kAnswer;
        call.request.text = work.answer;
        const auto done = parts.desk.Step(std::move(call), Who{work.actor, "", {}, true});
        away = away || (!done.ok() && done.error().code == Code::kUnavailable);
        (done.ok() ? answered : failed) += 1;
    }
    // Those that failed stay open for people; trying them for ever would help nobody.
    const bool finished = !away && (answered == 0 || work.orders.size() < static_cast<size_t>(kOrdersOfRound));
    (void)parts.store.RecordAnswers(work.incident_id, answered, away ? 0 : failed, finished);
}

}  // namespace trunkline::workorder
