// The cursor moves in the transaction of the effects, and only from where it was thought to be: so an effect happens
// once, whoever dies or runs twice.
#include "bus/inbox.hpp"

#include "db/prepared.hpp"
#include "db/transaction.hpp"
#include "log/keys.hpp"
#include "log/log.hpp"

namespace trunkline::bus {
namespace {

constexpr const char* kLoadCursor = "SELECT epoch, sequence FROM bus_cursor WHERE consumer = $1 AND source = $2";
constexpr const char* kMakeCursor =
    "INSERT INTO bus_cursor (consumer, source, epoch, sequence) VALUES ($1, $2, '', 0) ON CONFLICT DO NOTHING";
constexpr const char* kMoveCursor =
    "UPDATE bus_cursor SET epoch = $3, sequence = $4"
    " WHERE consumer = $1 AND source = $2 AND epoch = $5 AND sequence = $6"
    // Whether keys wait: whoever parks an event moves the cursor with it, so a snapshot from before is as good.
    " RETURNING EXISTS (SELECT FROM bus_parked WHERE consumer = $1 AND source = $2 AND NOT dead),"
    // The source keeps the events, and the cursor is lost with the effects.
    " set_config('synchronous_commit', 'off', true)";
constexpr const char* kWaitingKeys =
    "SELECT DISTINCT key FROM bus_parked WHERE consumer = $1 AND source = $2 AND NOT dead";
// One try is behind an event that failed, none behind one that only waits for its key.
constexpr const char* kPark =
    "INSERT INTO bus_parked (consumer, source, sequence, event_id, key, type, occurred_micros, payload, error, tries,"
    " next_try) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, now() + $10::int * interval '100 milliseconds')";
constexpr const char* kLook =
    "SELECT EXISTS (SELECT FROM bus_parked WHERE consumer = $1 AND NOT dead), source, epoch, sequence FROM bus_cursor"
    " WHERE consumer = $1";
// The first of each key only; SKIP LOCKED because another copy of the consumer may be at it.
constexpr const char* kNextDue =
    "SELECT source, sequence, event_id, key, type, occurred_micros, payload FROM bus_parked AS head"
    " WHERE consumer = $1 AND NOT dead AND next_try <= now() AND NOT EXISTS (SELECT FROM bus_parked AS earlier"
    "  WHERE earlier.consumer = head.consumer AND earlier.source = head.source AND earlier.key = head.key"
    "  AND NOT earlier.dead AND earlier.sequence < head.sequence)"
    " ORDER BY next_try LIMIT 1 FOR UPDATE SKIP LOCKED";
constexpr const char* kUnpark = "DELETE FROM bus_parked WHERE consumer = $1 AND source = $2 AND sequence = $3";
// Waits 0.1, 0.5, 2.5 and then 10 seconds.
constexpr const char* kCountFailure =
    "UPDATE bus_parked SET tries = tries + 1, error = $4, dead = tries + 1 >= $5,"
    " next_try = now() + least(10, 0.1 * 5 ^ tries) * interval '1 second'"
    " WHERE consumer = $1 AND source = $2 AND sequence = $3 RETURNING dead";

constexpr int kRetriesAtOnce = 100;  // then live events get their turn

bool MayPass(const Error& error) { return error.code == Code::kUnavailable || error.code == Code::kAborted; }

int64_t Micros(TimePoint time) {
    return std::chrono::duration_cast<std::chrono::microseconds>(time.time_since_epoch()).count();
}

Received FromParked(const pqxx::row& row) {
    return {row[2].as<std::string>(),        row[0].as<std::string>(),
            row[1].as<uint64_t>(),           row[3].as<std::string>(),
            row[4].as<std::string>(),        TimePoint(std::chrono::microseconds(row[5].as<int64_t>())),
            pqxx::binarystring(row[6]).str()};
}

}  // namespace

Inbox::Inbox(db::Pool& pool, metrics::Registry& registry, const SubscriberConfig& config, Handler handler)
    : pool_(pool),
      consumer_(config.consumer),
      tries_(config.tries),
      handler_(std::move(handler)),
      applied_(metrics::MakeCounter(registry, "trunkline_bus_applied_total", "Events that took effect.",
                                    {{"service", config.consumer}})),
      dead_letters_(metrics::MakeCounter(registry, "trunkline_bus_dead_letters_total",
                                         "Events put aside for good, after the last try.",
                                         {{"service", config.consumer}})) {}

Result<Cursor> Inbox::Load(const std::string& source) {
    return pool_.Run([&](pqxx::work& transaction) {
        transaction.exec_params(kMakeCursor, consumer_, source);
        const pqxx::row row = transaction.exec_params1(kLoadCursor, consumer_, source);
        return Cursor{row[0].as<std::string>(), row[1].as<uint64_t>()};
    });
}

Status Inbox::Move(const std::string& source, Cursor& cursor, const Cursor& target) {
    Status moved = pool_.Run([&](pqxx::work& transaction) { (void)MoveTo(transaction, source, cursor, target); });
    if (moved.ok()) {
        cursor = target;
    }
    return moved;
}

bool Inbox::MoveTo(pqxx::work& transaction, const std::string& source, const Cursor& from, const Cursor& target) const {
    const pqxx::result moved = db::ExecPrepared(transaction, kMoveCursor, consumer_, source, target.epoch,
                                                target.sequence, from.epoch, from.sequence);
    if (moved.affected_rows() != 1) {
        throw db::Rollback{{Code::kAborted, "CURSOR_MOVED", "another copy of " + consumer_ + " reads " + source}};
    }
    dynamic_cast<db::Transaction&>(transaction).SetLazy();
    return moved[0][0].as<bool>();
}

// The usual case is one transaction for all. When a handler throws, what was before that event is applied again without
// it, the event is parked, and the rest goes on; when only the whole fails, each half is tried alone.
Status Inbox::Apply(const std::string& source, Cursor& cursor, std::span<const Received> events) {
    while (!events.empty()) {
        const Attempt attempt = Try(source, cursor, events);
        if (attempt.status.ok()) {
            cursor.sequence = events.back().sequence;
            return {};
        }
        if (MayPass(attempt.status.error())) {
            return attempt.status;
        }
        const bool known = attempt.failed.has_value() || events.size() == 1;
        const size_t good = known ? attempt.failed.value_or(0) : events.size() / 2;
        if (Status applied = Apply(source, cursor, events.first(good)); !applied.ok()) {
            return applied;
        }
        events = events.subspan(good);
        if (known) {
            if (Status parked = Park(source, cursor, events.front(), attempt.reason); !parked.ok()) {
                return parked;
            }
            events = events.subspan(1);
        }
    }
    return {};
}

Inbox::Attempt Inbox::Try(const std::string& source, const Cursor& cursor, std::span<const Received> events) {
    Attempt attempt;
    failure_.clear();
    size_t handled = 0;
    attempt.status = pool_.Run([&](pqxx::work& transaction) {
        // First, because the row's lock makes a second copy of the consumer wait here rather than repeat the effects.
        const bool any = MoveTo(transaction, source, cursor, {cursor.epoch, events.back().sequence});
        const std::set<std::string> waiting = any ? WaitingKeys(transaction, source) : std::set<std::string>{};
        for (size_t i = 0; i < events.size(); ++i) {
            if (events[i].type.empty()) {
                continue;  // nobody here wants it
            }
            if (waiting.contains(events[i].key)) {
                Store(transaction, events[i], "");
                continue;
            }
            attempt.failed = i;
            Handle(transaction, events[i]);
            attempt.failed.reset();
            ++handled;
        }
    });
    attempt.reason = attempt.status.ok() ? "" : Reason(attempt.status.error());
    if (attempt.status.ok()) {
        applied_.Increment(static_cast<double>(handled));
    }
    return attempt;
}

std::set<std::string> Inbox::WaitingKeys(pqxx::work& transaction, const std::string& source) const {
    std::set<std::string> keys;
    for (const pqxx::row& row : transaction.exec_params(kWaitingKeys, consumer_, source)) {
        keys.insert(row[0].as<std::string>());
    }
    return keys;
}

// An Error that the handler throws is about its event, whatever its code: only the database's own errors may pass.
void Inbox::Handle(pqxx::work& transaction, const Received& event) {
    try {
        handler_(transaction, event);
    } catch (const db::Rollback& rollback) {
        failure_ = rollback.error.message;
        throw std::runtime_error(failure_);
    } catch (const std::exception& error) {
        failure_ = error.what();
        throw;
    }
}

Status Inbox::Park(const std::string& source, Cursor& cursor, const Received& event, const std::string& error) {
    log::Warning("event parked", {{log::kSource, source}, {log::kEvent, event.type}, {log::kError, error}});
    const Cursor target{cursor.epoch, event.sequence};
    Status parked = pool_.Run([&](pqxx::work& transaction) {
        (void)MoveTo(transaction, source, cursor, target);
        Store(transaction, event, error);
    });
    if (parked.ok()) {
        cursor = target;
    }
    return parked;
}

void Inbox::Store(pqxx::work& transaction, const Received& event, const std::string& error) {
    waiting_ = true;
    const int tries = error.empty() ? 0 : 1;
    transaction.exec_params(kPark, consumer_, event.source, event.sequence, event.event_id, event.key, event.type,
                            Micros(event.occurred), pqxx::binarystring(event.payload), error, tries);
}

Result<bool> Inbox::RetryParked() {
    bool any = false;
    for (int i = 0; i < kRetriesAtOnce; ++i) {
        const Result<bool> tried = RetryOne();
        if (!tried.ok()) {
            return tried.error();
        }
        if (!*tried) {
            break;
        }
        any = true;
    }
    return any;
}

Result<std::map<std::string, Cursor>> Inbox::Look() {
    return pool_.Run([&](pqxx::work& transaction) {
        std::map<std::string, Cursor> cursors;
        for (const pqxx::row& row : db::ExecPrepared(transaction, kLook, consumer_)) {
            waiting_ = row[0].as<bool>();
            cursors[row[1].as<std::string>()] = {row[2].as<std::string>(), row[3].as<uint64_t>()};
        }
        return cursors;
    });
}

// False when none is due.
Result<bool> Inbox::RetryOne() {
    std::optional<Received> event;
    failure_.clear();
    const Status done = pool_.Run([&](pqxx::work& transaction) {
        const pqxx::result rows = transaction.exec_params(kNextDue, consumer_);
        if (rows.empty()) {
            return;
        }
        event = FromParked(rows[0]);
        Handle(transaction, *event);
        transaction.exec_params(kUnpark, consumer_, event->source, event->sequence);
    });
    if (done.ok()) {
        applied_.Increment(event ? 1 : 0);
        return event.has_value();
    }
    if (!event || MayPass(done.error())) {
        return done.error();
    }
    const Status counted = CountFailure(*event, Reason(done.error()));
    return counted.ok() ? Result<bool>(true) : Result<bool>(counted.error());
}

Status Inbox::CountFailure(const Received& event, const std::string& error) {
    const auto dead = pool_.Run([&](pqxx::work& transaction) {
        const pqxx::result rows =
            transaction.exec_params(kCountFailure, consumer_, event.source, event.sequence, error, tries_);
        return !rows.empty() && rows[0][0].as<bool>();
    });
    if (!dead.ok()) {
        return dead.error();
    }
    if (*dead) {
        dead_letters_.Increment();
        log::Error("event is a dead letter", {{log::kSource, event.source},
                                              {log::kCount, event.sequence},
                                              {log::kEvent, event.type},
                                              {log::kError, error}});
    }
    return {};
}

}  // namespace trunkline::bus
