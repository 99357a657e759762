// A consumer's side of the database: its cursors, and the events it could not apply yet.
#pragma once
#include <map>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <utility>

#include "bus/subscriber.hpp"
#include "db/pool.hpp"
#include "metrics/metrics.hpp"

namespace trunkline::bus {

// How far a consumer has come with one source.
struct Cursor {
    std::string epoch;  // empty: nothing was ever read
    uint64_t sequence = 0;

    bool operator==(const Cursor&) const = default;
};

// Used on the subscriber's thread. Errors: kUnavailable when the database is away, kAborted with reason CURSOR_MOVED
// when another copy of the consumer was faster; both leave everything as it was.
class Inbox {
 public:
    Inbox(db::Pool& pool, metrics::Registry& registry, const SubscriberConfig& config, Handler handler);

    Result<Cursor> Load(const std::string& source);
    // Moves the cursor without an effect: to the start of a new epoch, or over events that the source has deleted.
    Status Move(const std::string& source, Cursor& cursor, const Cursor& target);
    // Applies events of one source, in order, and moves the cursor to the last of them. An event whose handler throws
    // is parked; later ones of its key queue up behind it. Events without a type have no effect. COMMIT does not wait
    // for the disk unless the effects append facts: what a crash of the server takes back is taken back with the
    // cursor.
    Status Apply(const std::string& source, Cursor& cursor, std::span<const Received> events);
    // Tries parked events that are due, a bounded number of them; true when one took effect.
    Result<bool> RetryParked();
    // The cursors as the database has them; also finds out whether parked events wait.
    Result<std::map<std::string, Cursor>> Look();
    // Whether, as far as is known here, parked events are waiting.
    bool waiting() const { return waiting_; }

 private:
    using Key = std::pair<std::string, std::string>;  // source, key
    struct Attempt {
        Status status;
        std::optional<size_t> failed;  // the event whose handler threw
        std::string reason{};
    };

    Attempt Try(const std::string& source, const Cursor& cursor, std::span<const Received> events);
    Status Park(const std::string& source, Cursor& cursor, const Received& event, const std::string& error);
    Result<bool> RetryOne();
    Status CountFailure(const Received& event, const std::string& error);
    // Whether parked events of the source wait.
    bool MoveTo(pqxx::work& transaction, const std::string& source, const Cursor& from, const Cursor& target) const;
    std::set<std::string> WaitingKeys(pqxx::work& transaction, const std::string& source) const;
    void Handle(pqxx::work& transaction, const Received& event);
    // What the handler said is kept with the event; the pool's errors leave that to the log.
    std::string Reason(const Error& error) const { return failure_.empty() ? error.message : failure_; }
    void Store(pqxx::work& transaction, const Received& event, const std::string& error);

    db::Pool& pool_;
    const std::string consumer_;
    const int tries_;
    const Handler handler_;
    bool waiting_ = true;
    std::string failure_;  // what the handler threw last
    prometheus::Counter& applied_;
    prometheus::Counter& dead_letters_;
};

}  // namespace trunkline::bus
