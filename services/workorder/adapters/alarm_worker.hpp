// The service's own thread: what time alone brings to orders and to messages, answers to incidents, changed settings,
// tidying up.
#pragma once
#include <functional>
#include <memory>

#include "service/host.hpp"
#include "workorder/adapters/catalogue.hpp"
#include "workorder/adapters/order_reader.hpp"
#include "workorder/adapters/service_store.hpp"
#include "workorder/app/order_desk.hpp"

namespace trunkline::workorder {

class AlarmWorker final : public service::Component {
 public:
    struct Parts {
        OrderDesk& desk;
        Catalogue& catalogue;
        ServiceStore& store;
        OrderReader& reader;
        std::chrono::milliseconds every{250};
    };
    explicit AlarmWorker(Parts parts);
    ~AlarmWorker() override;

    void Start() override;
    void Stop() override;
    // One round; true when there was something to do. For tests, and what the thread repeats.
    bool Round();

 private:
    struct State;
    void Answer(const ServiceStore::AnswerWork& work);
    std::unique_ptr<State> state_;
};

}  // namespace trunkline::workorder
