// Orders in PostgreSQL.
#pragma once
#include "db/pool.hpp"
#include "workorder/app/ports.hpp"

namespace trunkline::workorder {

class PostgresOrderStore final : public OrderStore {
 public:
    // `committed` is called after each commit that told events (the publisher's doorbell). `time_zone` decides the day
    // of an order's number.
    PostgresOrderStore(db::Pool& pool, std::string time_zone, std::function<void()> committed)
        : pool_(pool), time_zone_(std::move(time_zone)), committed_(std::move(committed)) {}

    Result<Order> Insert(const std::string& request_id, Order order) override;
    Result<Order> Change(const std::string& request_id, const std::string& order_id,
                         const std::function<Result<Order>(Order)>& change) override;
    Result<Order> Find(const std::string& order_id) override;
    Result<OrderPage> List(const OrderFilter& filter) override;

 private:
    db::Pool& pool_;
    std::string time_zone_;
    std::function<void()> committed_;
};

}  // namespace trunkline::workorder
