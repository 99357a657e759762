// Orders in PostgreSQL: state, log, messages to the customer and events in one transaction.
#pragma once
#include "db/pool.hpp"
#include "ids/ids.hpp"
#include "trunkline/workorder/v1/stored.pb.h"
#include "workorder/app/ports.hpp"

namespace trunkline::workorder {

class PostgresOrderStore final : public OrderStore {
 public:
    struct Parts {
        db::Pool& pool;
        std::string time_zone;  // decides the day of an order's number
        IdGenerator& ids;
        std::function<void()> committed;  // called after each commit that told events: the publisher's doorbell
        std::chrono::milliseconds proof_wait = kProofWait;  // for proof that a message arrived, then the next way
    };
    explicit PostgresOrderStore(Parts parts) : parts_(std::move(parts)) {}

    Result<std::string> NextNumber(TimePoint now, const std::string& request_id) override;
    Result<Order> Insert(const std::string& request_id, const workorder::Change& change,
                         const std::string& check_code) override;
    Result<Order> Change(const ChangeRequest& request,
                         const std::function<Result<StepOutcome>(const Locked&)>& decide) override;
    Result<std::vector<Attachment>> Attachments(const std::vector<std::string>& ids) override;
    Result<std::vector<std::string>> Alarmed(TimePoint now, int limit) override;

 private:
    void Attach(pqxx::work& transaction, const LogEntry& entry, const std::string& order_id);
    void Tell(pqxx::work& transaction, const workorder::Change& change);

    Parts parts_;
};

}  // namespace trunkline::workorder
