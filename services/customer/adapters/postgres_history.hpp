// The history of customers: made of other services' events, read by screens and by routing. A projection has no rules
// of its own, so what is read here goes to the API as it is.
#pragma once
#include "bus/subscriber.hpp"
#include "customer/app/number_keeper.hpp"
#include "db/pool.hpp"
#include "trunkline/customer/v1/customer.pb.h"

namespace trunkline::customer {

// Applies one event, just before COMMIT; the handler of the bus's subscriber.
class HistoryProjection {
 public:
    explicit HistoryProjection(const NumberKeeper& keeper) : keeper_(keeper) {}
    void operator()(pqxx::work& transaction, const bus::Received& event) const;
    // Of the events that it reads.
    static const std::set<std::string>& Types();

 private:
    const NumberKeeper& keeper_;
};

// Safe from any thread.
class PostgresHistory {
 public:
    PostgresHistory(db::Pool& pool, const NumberKeeper& keeper, std::function<void()> committed)
        : pool_(pool), keeper_(keeper), committed_(std::move(committed)) {}

    // Errors: NUMBER_MISSING, CONTACT_NOT_FOUND.
    Result<v1::ScreenPop> ScreenPop(const std::string& number, const std::string& contact_id, TimePoint now);
    Result<v1::RoutingFacts> Routing(const std::string& number);
    Result<v1::ListTimelineResponse> Timeline(const std::string& customer_id, int limit, const std::string& after);
    Result<v1::TimelineEntry> AddNote(const Stamp& stamp, const std::string& customer_id, const std::string& note_id,
                                      const std::string& text);
    Result<Customer> Confirm(const Stamp& stamp, const v1::ConfirmCallerRequest& request, IdGenerator& ids);

 private:
    db::Pool& pool_;
    const NumberKeeper& keeper_;
    std::function<void()> committed_;
};

}  // namespace trunkline::customer
